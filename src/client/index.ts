export { createClient } from './client.ts';
export type { CallOptions, Client, ClientOptions, Statement, UploadOptions } from './client.ts';
export { QuitsError } from './error.ts';
export type { LiveSocket } from './live.ts';
export type { ErrorData, Events, Inputs, Mapping, Outputs } from './types.ts';
