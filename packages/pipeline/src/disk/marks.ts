const MIB = 1024 * 1024;
const LOW_PART = 0.05;
const LEAST_LOW = 512 * MIB;
const MOST_LOW = 16 * 1024 * MIB;
/** On a small file system the marks must leave something to use; the reserve must leave something to notice. */
const QUARTER = 0.25;

export interface MarkOptions {
  /** Instead of what follows from the size. */
  readonly lowBytes: number | undefined;
  readonly reserveBytes: number;
}

/** Bytes of a file system of this size below which something is given up, and the reserve on it. */
export function marksOf(sizeBytes: number, options: MarkOptions): { lowBytes: number; reserveBytes: number } {
  const usual = Math.min(MOST_LOW, Math.max(LEAST_LOW, sizeBytes * LOW_PART));
  const lowBytes = Math.floor(Math.min(options.lowBytes ?? usual, sizeBytes * QUARTER));
  return { lowBytes, reserveBytes: Math.floor(Math.min(options.reserveBytes, lowBytes * QUARTER)) };
}
