import type { EventDraft } from '../event/draft.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { MONTHS, readOffset, utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';

/** `23/Nov/2026:19:56:31.051761 +0300`, `11/23/2026 19:56:31.115`; the zone may be missing. */
const FORM =
  /^(?:(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):|(\d{1,2})\/(\d{1,2})\/(\d{4}) )(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d{4}))?$/;

/** A time as Secure Mobile Access writes it in its logs: with the month's name, or the month first. */
export function writtenAt(text: string): WrittenTime | undefined {
  const m = FORM.exec(text.trim());
  if (m === null) return undefined;
  const day = Number(m[1] ?? m[5]);
  const month = m[2] === undefined ? Number(m[4]) - 1 : (MONTHS[m[2].toLowerCase()] ?? -1);
  const [year, hour, minute, second] = [m[3] ?? m[6], m[7], m[8], m[9]].map(Number) as [number, number, number, number];
  const local = utcMicros(year, month, day, hour, minute, second, m[10] ?? '');
  const offset = m[11] === undefined ? undefined : readOffset(m[11]);
  return local === undefined ? undefined : { local, yearMissing: false, offset };
}

/** An end of a connection: `10.0.0.5:51514`, `[2001:db8::5]:129`, `10.0.0.5`. */
export function setEnd(draft: EventDraft, side: 'source' | 'destination', value: string | undefined): void {
  const end = readEndpoint(value ?? '', true);
  draft.ip(`${side}.ip`, end?.ip ?? value);
  if (end?.port !== '0') draft.port(`${side}.port`, end?.port);
}
