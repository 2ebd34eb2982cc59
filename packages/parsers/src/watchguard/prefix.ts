import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';

/** What a Firebox writes between the syslog header and its message. */
export interface FireboxPrefix {
  readonly serial: string | undefined;
  /** In UTC, unlike the header's time. */
  readonly time: WrittenTime | undefined;
  readonly process: string | undefined;
  readonly pid: string | undefined;
  /** Position after the process. */
  readonly end: number;
}

/** `FVE6035FD3AE3 (2026-11-23T16:56:31) firewall[10]: `: serial number and time may be missing, a cluster's name may follow. */
const PREFIX =
  /(?:([0-9A-Z]{8,20}) )?(?:[\w.-]{1,64} )?(?:\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\) )?([A-Za-z][\w.-]{0,31})(?:\[(\d{1,10})\])?: /y;

export function readPrefix(text: string, at: number): FireboxPrefix {
  PREFIX.lastIndex = at;
  const m = PREFIX.exec(text);
  if (!m) return { serial: undefined, time: undefined, process: undefined, pid: undefined, end: at };
  const time = m[2] === undefined ? undefined : readTime(m[2], 0)?.time;
  return {
    serial: m[1],
    time: time && { ...time, offset: 0 },
    process: m[3],
    pid: m[4],
    end: PREFIX.lastIndex,
  };
}
