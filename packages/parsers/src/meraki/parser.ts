import type { EventDraft } from '../event/draft.ts';
import type { VendorParser } from '../vendor.ts';
import { readEvent } from './events.ts';
import { readAirMarshal, readFlow, readIpFlow, readSecurity, readUrl } from './traffic.ts';

/**
 * `1 1380653443.857790485 MX84 urls …`: a version that isn't RFC 5424's, seconds since 1970 with nanoseconds, the
 * device's name, the kind of record. Relays put a header before it, some drop the version.
 */
const START =
  /(?:1 )?(\d{9,10})\.(\d{1,9}) (\S{1,128}) {1,2}(urls|flows|ip_flow_start|ip_flow_end|events|security_event|ids-alerts|air_?marshal_events?|(?:[a-z0-9_]{1,48}_)?firewall) /y;

type Reader = (text: string, draft: EventDraft) => void;
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['urls', readUrl],
  ['flows', readFlow],
  ['ip_flow_start', (text, draft) => readIpFlow('ip_flow_start', text, draft)],
  ['ip_flow_end', (text, draft) => readIpFlow('ip_flow_end', text, draft)],
  ['events', readEvent],
  ['security_event', readSecurity],
  ['ids-alerts', readSecurity],
]);

/** Cisco Meraki MX, MR and MS ("Syslog Event Types and Log Samples"). */
export const merakiParser: VendorParser = {
  name: 'meraki',

  recognises({ text, messageAt }) {
    const code = text.charCodeAt(messageAt);
    return code >= 0x30 && code <= 0x39 && matchStart(text, messageAt) !== null;
  },

  read({ text, messageAt }, draft) {
    const start = matchStart(text, messageAt);
    if (!start) return undefined;
    const [head, seconds, fraction, name, kind] = start as unknown as [string, string, string, string, string];
    const { event } = draft;
    event['event.dataset'] = 'cisco_meraki.log';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = 'Meraki';
    event['observer.type'] = 'firewall';
    event['observer.name'] = name;
    draft.label('record_type', kind);
    const read = READERS.get(kind) ?? (kind.startsWith('air') ? readAirMarshal : readFlow);
    read(text.slice(messageAt + head.length), draft);
    return { micros: Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6)) };
  },
};

function matchStart(text: string, at: number): RegExpExecArray | null {
  START.lastIndex = at;
  return START.exec(text);
}
