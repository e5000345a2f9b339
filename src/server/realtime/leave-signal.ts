/** Between processes: take a person's sockets out of a group. Answered once it is done. */
export const leaveSignal = 'group:leave';
