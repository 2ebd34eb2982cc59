/** Longest line of load tests: with it the sample's FortiGate lines have about 700 bytes on average. */
export const LINE_BYTES = 706;
