/** Starts of messages that begin with a number. */
export const DIGITS = [...'0123456789'];
