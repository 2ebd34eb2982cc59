import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import { readDigits } from '../../columns/pairs.ts';

export const NO_TIME = -1;
/** Digits beyond a safe integer: never believed, as any time before 2010 is not. */
const UNSAFE_TIME = -2;

/** ns since FortiOS 6.2, µs, or s before, as µs. Cut as digits: 19 do not fit a double. */
export function readEventtime(bytes: Uint8Array, from: number, to: number): Micros {
  const length = to - from;
  if ((length !== 19 && length !== 16 && length !== 10) || !isDigits(bytes, from, to)) return NO_TIME;
  const value = readDigits(bytes, from, Math.min(to, from + 16));
  if (value < 0) return UNSAFE_TIME;
  return length === 10 ? value * MICROS_PER_SECOND : value;
}

function isDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] as number) < 0x30 || (bytes[at] as number) > 0x39) return false;
  return true;
}
