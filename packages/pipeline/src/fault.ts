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

export type Fault = (point: CrashPoint) => void;

export const noFault: Fault = () => undefined;
