import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { type NamedValue, readAttribute } from './attributes.ts';
import { ACCOUNTING_REQUEST, readPacket } from './packet.ts';
import { packetInRecord, RADIUS_RECORD } from './record-text.ts';
import { FIELDS, setAccounting } from './session.ts';

/** RADIUS accounting (RFC 2866) as the collector writes it down: who got which address, when, and how much was sent. */
export const radiusParser: VendorParser = {
  name: 'radius',

  recognises: ({ text }) => text.startsWith(RADIUS_RECORD),

  read({ text }, draft): VendorTime | undefined {
    const { event } = draft;
    event['event.dataset'] = 'radius.accounting';
    event['network.protocol'] = 'radius';
    const bytes = packetInRecord(text);
    const packet = bytes === undefined ? { fault: 'no hex digits' } : readPacket(bytes);
    if ('fault' in packet) {
      draft.fail('radius', packet.fault);
      return undefined;
    }
    if (packet.code !== ACCOUNTING_REQUEST) draft.fail('radius', 'not an Accounting-Request');
    const values = packet.attributes.flatMap(readAttribute);
    event.message = describe(values);
    const first = new Map<string, NamedValue>();
    for (const value of values) {
      if (value.text === undefined) draft.fail(value.name, 'does not fit its type');
      else if (!first.has(value.name)) first.set(value.name, value);
    }
    setAccounting(draft, first);
    for (const { name, text: value } of values) if (!FIELDS.has(name)) draft.label(name, value);
    const moment = first.get('Event-Timestamp')?.number;
    return moment === undefined ? undefined : { micros: moment * MICROS_PER_SECOND };
  },
};

function describe(values: readonly NamedValue[]): string {
  const pairs = values.map(({ name, text }) => {
    const value = text ?? '';
    return `${name}=${/^[\w.:@/-]+$/.test(value) ? value : JSON.stringify(value)}`;
  });
  return `RADIUS Accounting-Request ${pairs.join(' ')}`;
}
