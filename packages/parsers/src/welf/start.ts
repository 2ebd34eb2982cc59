import { relayedHeader } from '../syslog/relayed.ts';
import type { VendorInput } from '../vendor.ts';

/** Relays put an address before the record without a time, and some firewalls blanks. */
const BEFORE = / {0,4}(?:[\w.:-]{1,255} {1,2})?(?=id=)/y;
const HEAD = 300;

/** Position of a WELF record's `id=`, when `time=` and `fw=` follow it; −1 when it is none. */
export function welfStart({ text, messageAt }: VendorInput): number {
  let at = relayedHeader(text, messageAt)?.end ?? messageAt;
  if (!text.startsWith('id=', at)) {
    BEFORE.lastIndex = at;
    if (!BEFORE.test(text)) return -1;
    at = BEFORE.lastIndex;
  }
  const head = text.slice(at, at + HEAD);
  return head.includes(' time=') && head.includes(' fw=') ? at : -1;
}
