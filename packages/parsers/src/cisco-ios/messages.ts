import type { EventDraft } from '../event/draft.ts';
import { setUrl } from '../event/url.ts';
import { canonicalIp } from '../values/ip.ts';
import { readTransport } from '../values/transport.ts';
import { createSays, type TextReader } from '../wording/says.ts';

/** Reads the text of one mnemonic into the draft. False: not worded as Cisco documents it. */
export type IosReader = TextReader;

export const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

/** The values that wordings name. Any other name is a label. */
const SLOTS: ReadonlyMap<string, (draft: EventDraft, value: string) => void> = new Map([
  ['source', (draft: EventDraft, value: string) => setPair(draft, 'source', value)],
  ['destination', (draft, value) => setPair(draft, 'destination', value)],
  ['source.ip', (draft, value) => draft.ip('source.ip', value.replace(/[.,]$/, ''))],
  ['destination.ip', (draft, value) => draft.ip('destination.ip', value.replace(/[.,]$/, ''))],
  // An address, or a word for the console.
  [
    'place',
    (draft, value) => (canonicalIp(value) === undefined ? draft.label('place', value) : draft.ip('source.ip', value)),
  ],
  ['source.port', (draft, value) => draft.port('source.port', value)],
  ['destination.port', (draft, value) => draft.port('destination.port', value)],
  ['mac', (draft, value) => draft.mac('source.mac', value === 'Unknown MAC' ? undefined : value)],
  ['user', (draft, value) => draft.text('user.name', value === '<unknown>' ? undefined : value)],
  ['transport', setTransport],
  ['protocol', (draft, value) => draft.lower('network.protocol', value)],
  // `sshd`
  ['server', (draft, value) => draft.lower('network.protocol', value.replace(/d$/, ''))],
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', value.replace(/\.$/, ''))],
  ['out', (draft, value) => draft.text('observer.egress.interface.name', value)],
  ['reason', (draft, value) => draft.text('event.reason', value.replace(/\.$/, '').replace(/^\(([^()]*)\)$/, '$1'))],
  ['rule', (draft, value) => draft.text('rule.name', value)],
  ['zone_pair', (draft, value) => draft.text('rule.ruleset', value)],
  ['session', (draft, value) => draft.text('logmaster.session.id', value)],
  ['sent', (draft, value) => draft.long('source.bytes', value)],
  ['received', (draft, value) => draft.long('destination.bytes', value)],
  ['packets', (draft, value) => draft.long('source.packets', value)],
  ['vlan', (draft, value) => draft.text('network.vlan.id', value)],
  ['host', (draft, value) => draft.text('host.name', value)],
  [
    'site',
    (draft, value) => {
      draft.text('url.domain', value);
      draft.text('destination.domain', value);
    },
  ],
  ['url', setUrl],
  ['ignored', () => undefined],
]);

/** A reader of a kind of remark that has forms beyond those known: the others keep their text, and that is no error. */
export function leniently(read: IosReader): IosReader {
  return (text, draft) => read(text, draft) || true;
}

export const says = createSays((draft, name, value) => {
  const set = SLOTS.get(name);
  if (set) set(draft, value);
  else draft.label(name, value.replace(/\.$/, ''));
});

/** `10.1.1.5:51000`, `10.1.1.5(51000)`, `2001:db8::5`, `10.1.1.5`: the port is behind the last colon. */
export function setPair(draft: EventDraft, side: 'source' | 'destination', text: string): void {
  const value = text.replace(/\((\d{1,5})\)$/, ':$1');
  const colon = value.lastIndexOf(':');
  if (colon < 0 || (canonicalIp(value) !== undefined && value === text)) draft.ip(`${side}.ip`, value);
  else {
    draft.ip(`${side}.ip`, value.slice(0, colon));
    draft.port(`${side}.port`, value.slice(colon + 1));
  }
}

/** `tcp`, and `http` of application inspection, which is no transport. */
function setTransport(draft: EventDraft, value: string): void {
  if (readTransport(value).number === undefined) draft.lower('network.protocol', value);
  else draft.transport(value);
}
