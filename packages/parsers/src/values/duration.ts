const NANOS_PER_SECOND = 1_000_000_000;

/** `0:00:30`, `27:03:04` or `1d 02:03:04` (Cisco) → nanoseconds; undefined when it is none. */
export function readClockDuration(text: string): number | undefined {
  const match = /^(?:(\d{1,5})d[ :]?)?(\d{1,6})h?:(\d{1,2})m?:(\d{1,2})s?$/.exec(text);
  if (!match) return undefined;
  const seconds = ((Number(match[1] ?? 0) * 24 + Number(match[2])) * 60 + Number(match[3])) * 60 + Number(match[4]);
  return secondsToNanos(seconds);
}

/** Undefined beyond 104 days, where nanoseconds no longer fit a safe integer. */
export function secondsToNanos(seconds: number): number | undefined {
  const nanos = Math.round(seconds * NANOS_PER_SECOND);
  return Number.isSafeInteger(nanos) ? nanos : undefined;
}
