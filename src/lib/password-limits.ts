// Apart from schemas.ts, so that a page that only names them does not bring zod along.
export const minPasswordLength = 12;
export const maxPasswordLength = 256;
