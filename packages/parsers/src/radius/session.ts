import type { EventDraft } from '../event/draft.ts';
import { secondsToNanos } from '../values/duration.ts';
import { canonicalMac } from '../values/mac.ts';
import { type NamedValue, STATUS_TYPES } from './attributes.ts';

/** RFC 2865 §5.8: the NAS chooses the address, or the user does. */
const NO_ADDRESS = new Set(['255.255.255.255', '255.255.255.254', '0.0.0.0']);
const GIGAWORD = 2 ** 32;
/** Attributes that have fields of their own; all others become labels. */
export const FIELDS = new Set([
  ...['User-Name', 'Framed-IP-Address', 'Framed-IPv6-Address', 'NAS-IP-Address', 'NAS-IPv6-Address', 'NAS-Identifier'],
  ...['Acct-Session-Id', 'Acct-Session-Time', 'Acct-Status-Type', 'Acct-Terminate-Cause', 'Event-Timestamp'],
  ...['Acct-Input-Octets', 'Acct-Output-Octets', 'Acct-Input-Gigawords', 'Acct-Output-Gigawords'],
  ...['Acct-Input-Packets', 'Acct-Output-Packets'],
]);

export type Values = ReadonlyMap<string, NamedValue>;

/** What an Accounting-Request says about a session, from the first of each attribute. */
export function setAccounting(draft: EventDraft, values: Values): void {
  setKind(draft, values);
  setPeople(draft, values);
  setTotals(draft, values);
}

function setKind({ event }: EventDraft, values: Values): void {
  const status = values.get('Acct-Status-Type')?.number ?? 0;
  event['event.action'] = (STATUS_TYPES[status] ?? `status-${status}`).toLowerCase();
  const ofDevice = status >= 7;
  event['event.category'] = ofDevice ? 'host' : 'authentication';
  event['event.type'] = status === 1 || status === 7 ? 'start' : status === 2 || status === 8 ? 'end' : 'info';
  if (status === 1) event['event.outcome'] = 'success';
}

function setPeople(draft: EventDraft, values: Values): void {
  const text = (name: string) => values.get(name)?.text;
  draft.text('user.name', text('User-Name'));
  const address = text('Framed-IP-Address');
  if (address !== undefined && !NO_ADDRESS.has(address)) {
    draft.ip('source.ip', address);
    draft.label('Framed-IPv6-Address', text('Framed-IPv6-Address'));
  } else draft.ip('source.ip', text('Framed-IPv6-Address'));
  const station = text('Calling-Station-Id');
  // Others than access points write a telephone number there, or an address.
  if (station !== undefined && canonicalMac(station) !== undefined) draft.mac('source.mac', station);
  draft.ip('observer.ip', text('NAS-IP-Address') ?? text('NAS-IPv6-Address'));
  draft.text('observer.hostname', text('NAS-Identifier'));
  draft.event['observer.type'] = 'nas';
  draft.text('logmaster.session.id', text('Acct-Session-Id'));
  draft.text('event.reason', text('Acct-Terminate-Cause'));
}

/** Input is what came from the user (RFC 2866 §5.3), so it is the source's. */
function setTotals({ event }: EventDraft, values: Values): void {
  const number = (name: string) => values.get(name)?.number;
  const octets = (side: string) => {
    const low = number(`Acct-${side}-Octets`);
    return low === undefined ? undefined : low + (number(`Acct-${side}-Gigawords`) ?? 0) * GIGAWORD;
  };
  const [input, output] = [octets('Input'), octets('Output')].map((sum) =>
    Number.isSafeInteger(sum) ? sum : undefined,
  );
  if (input !== undefined) event['source.bytes'] = input;
  if (output !== undefined) event['destination.bytes'] = output;
  const sum = (input ?? 0) + (output ?? 0);
  if (input !== undefined && output !== undefined && Number.isSafeInteger(sum)) event['network.bytes'] = sum;
  const [packetsIn, packetsOut] = [number('Acct-Input-Packets'), number('Acct-Output-Packets')];
  if (packetsIn !== undefined) event['source.packets'] = packetsIn;
  if (packetsOut !== undefined) event['destination.packets'] = packetsOut;
  const seconds = number('Acct-Session-Time');
  const duration = seconds === undefined ? undefined : secondsToNanos(seconds);
  if (duration !== undefined) event['event.duration'] = duration;
}
