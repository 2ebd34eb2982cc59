/** Named places from socket to journal where a crash must take nothing that was acknowledged. */
export const RECEIVE_POINTS = [
  /** What a crash left of the stream is cut at its last whole block; no file is open yet. */
  'stream-prepared',
  /** In the open block, in memory. */
  'record-taken',
  'block-sealed',
  /** In the file, not synced. */
  'block-written',
  /** Durable, nobody has been told. */
  'block-synced',
  /** Acknowledgements are in the kernel's hands. */
  'acknowledged',
  /** The counters were taken, and are in no file yet. */
  'accounting-sealed',
  /** The next file has its header, under its temporary name. */
  'file-created',
  /** The last file is complete, and the next one has no name yet. */
  'file-closed',
  /** Renamed; the folder is not synced. */
  'file-named',
  'file-published',
] as const;
type ReceivePoint = (typeof RECEIVE_POINTS)[number];

/**
 * Named places between journal and archive where a crash must do no harm. Tests inject a function that kills the
 * process or throws at one of them; in production there is none.
 */
export const CRASH_POINTS = [
  'segment-flushed',
  'checkpoint-written',
  'segment-finished',
  'plan-written',
  'records-moved',
  'folder-sealed',
  'folder-renamed',
  'chain-written',
  'published',
  'stamped',
  'plan-removed',
  'index-written',
  'day-built',
  'day-sealed',
  'day-published',
  'day-announced',
  'day-chained',
  'day-indexed',
  'day-cleaned',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Any of them. */
export type FaultPoint = ReceivePoint | CrashPoint;

export type Fault = (point: FaultPoint) => void;

export const noFault: Fault = () => undefined;
