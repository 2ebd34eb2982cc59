import type { EventDraft } from '../event/draft.ts';
import { readMoment, readWhen } from '../time/read-when.ts';
import type { VendorTime } from '../vendor.ts';
import type { Pairs } from './extension.ts';

/** Names of times, the record's own first: when the device saw it, when it happened. */
const OWN = ['rt', 'deviceReceiptTime', 'end', 'endTime', 'start', 'startTime'];

/** Is this key read by `readCefTime`? */
export function isTimeKey(key: string): boolean {
  return OWN.includes(key);
}

/** The record's time; sets start and end of the event where they say their zone. */
export function readCefTime(draft: EventDraft, pairs: Pairs): VendorTime | undefined {
  const start = readMoment(pairs.get('start') ?? pairs.get('startTime') ?? '');
  const end = readMoment(pairs.get('end') ?? pairs.get('endTime') ?? '');
  if (start !== undefined) draft.event['event.start'] = start;
  if (end !== undefined) draft.event['event.end'] = end;
  for (const key of OWN) {
    const value = pairs.get(key);
    const when = value === undefined ? undefined : readWhen(value);
    if (when) return when;
  }
  return undefined;
}
