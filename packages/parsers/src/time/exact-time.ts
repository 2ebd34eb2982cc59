import type { Micros } from '@logmaster/core/time';
import { readTime } from './read-time.ts';

/** The moment of a whole time stamp with an offset (`2026-11-23T19:56:31.123456+0300`); undefined without one. */
export function exactMicros(text: string | undefined): Micros | undefined {
  if (text === undefined) return undefined;
  const written = readTime(text, 0)?.time;
  return written?.offset === undefined ? undefined : written.local - written.offset;
}
