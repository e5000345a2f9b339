/** Between processes: take a person's sockets into a group, or out of it. Answered once it is done. */
export const joinSignal = 'group:join';
export const leaveSignal = 'group:leave';
