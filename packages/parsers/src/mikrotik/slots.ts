import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import { createSays } from '../wording/says.ts';

/** The values that wordings name. Any other name is a label. */
const SLOTS: ReadonlyMap<string, (draft: EventDraft, value: string) => void> = new Map([
  ['user', setUser],
  ['caller', setCaller],
  ['tcp_caller', setTcpCaller],
  ['source.ip', (draft: EventDraft, value: string) => draft.ip('source.ip', value)],
  ['source.port', (draft, value) => draft.port('source.port', value)],
  ['destination.ip', (draft, value) => draft.ip('destination.ip', value)],
  ['source', (draft, value) => setPair(draft, 'source', value)],
  ['destination', (draft, value) => setPair(draft, 'destination', value)],
  ['mac', (draft, value) => draft.mac('source.mac', value)],
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['reason', (draft, value) => draft.text('event.reason', value)],
  ['protocol', (draft, value) => draft.lower('network.protocol', value)],
  ['host', (draft, value) => draft.text('host.name', value.replaceAll('"', ''))],
  ['ignored', () => undefined],
]);

export const says = createSays((draft, name, value) => {
  const set = SLOTS.get(name);
  if (set) set(draft, value);
  else draft.label(name, value);
});

/** A user of hotspot or wireless can be a MAC: it is both. */
export function setUser(draft: EventDraft, value: string): void {
  draft.text('user.name', value);
  // `T-` before it: a trial.
  const mac = value.startsWith('T-') ? value.slice(2) : value;
  if (canonicalMac(mac) !== undefined) draft.mac('source.mac', mac);
}

function setTcpCaller(draft: EventDraft, value: string): void {
  draft.event['network.transport'] = 'tcp';
  draft.event['network.iana_number'] = '6';
  setCaller(draft, value);
}

/** Where somebody came from: an address, a MAC, or a word of the tunnel. */
export function setCaller(draft: EventDraft, value: string): void {
  if (canonicalIp(value) !== undefined) draft.ip('source.ip', value);
  else if (canonicalMac(value) !== undefined) draft.mac('source.mac', value);
  else draft.label('caller', value);
}

/** `203.0.113.5[500]` of IPsec. */
function setPair(draft: EventDraft, side: 'source' | 'destination', value: string): void {
  const open = value.indexOf('[');
  draft.ip(`${side}.ip`, open < 0 ? value : value.slice(0, open));
  if (open >= 0) draft.port(`${side}.port`, value.slice(open + 1, value.indexOf(']', open)));
}
