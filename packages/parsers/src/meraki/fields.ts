import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';

type Setter = (draft: EventDraft, value: string) => void;

/** `10.0.0.5:51000`, `10.0.0.5`; Air Marshal writes MACs in the same places. */
const side =
  (name: 'source' | 'destination', hasPort = false): Setter =>
  (draft, value) => {
    const colon = value.lastIndexOf(':');
    if (canonicalMac(value) !== undefined) draft.mac(`${name}.mac`, value);
    else if (colon < 0 || (!hasPort && canonicalIp(value) !== undefined)) draft.ip(`${name}.ip`, value);
    else {
      draft.ip(`${name}.ip`, value.slice(0, colon).replace(/^\[|\]$/g, ''));
      draft.port(`${name}.port`, value.slice(colon + 1));
    }
  };

/** Masked MACs (`00:18:0A:XX:XX:XX`) are kept as they are. */
const mac: Setter = (draft, value) => {
  if (canonicalMac(value) === undefined) draft.label('mac', value);
  else draft.mac('source.mac', value);
};

const clientIp: Setter = (draft, value) => {
  if (value !== '0.0.0.0') draft.ip('source.ip', value);
};

/** Names that mean the same in all kinds of records. What isn't here becomes a label. */
export const MERAKI_FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['src', side('source')],
  ['dst', side('destination')],
  ['mac', mac],
  ['MAC', mac],
  ['client_mac', mac],
  ['sport', (draft, value) => draft.port('source.port', value)],
  ['dport', (draft, value) => draft.port('destination.port', value)],
  // `tcp/ip` of IDS records.
  ['protocol', (draft, value) => draft.transport(value.split('/', 1)[0])],
  ['translated_src_ip', (draft, value) => draft.ip('source.nat.ip', value)],
  ['translated_dst_ip', (draft, value) => draft.ip('destination.nat.ip', value)],
  ['user', (draft, value) => draft.text('user.name', value)],
  ['identity', (draft, value) => draft.text('user.name', value)],
  ['agent', (draft, value) => draft.text('user_agent.original', value)],
  ['url', (draft, value) => draft.text('url.original', value)],
  ['name', (draft, value) => draft.text('rule.name', value)],
  ['sha256', (draft, value) => draft.text('file.hash.sha256', value)],
  ['signature', (draft, value) => draft.text('rule.id', value)],
  ['direction', (draft, value) => draft.text('network.direction', value === 'ingress' ? 'inbound' : 'outbound')],
  ['client_ip', clientIp],
  ['Client', clientIp],
  ['last_known_client_ip', clientIp],
  ['ip_src', clientIp],
  ['VLAN', (draft, value) => draft.text('network.vlan.id', value)],
  ['aid', (draft, value) => draft.text('logmaster.session.id', value)],
]);

/** The sides of records that always have ports, so that the last group of an IPv6 address is none. */
const WITH_PORTS: ReadonlyMap<string, Setter> = new Map([
  ['src', side('source', true)],
  ['dst', side('destination', true)],
]);

/** @param hasPorts do addresses always stand with a port? */
export function setPairs(
  draft: EventDraft,
  pairs: ReadonlyMap<string, string>,
  except: ReadonlySet<string>,
  hasPorts = false,
): void {
  for (const [key, value] of pairs) {
    if (except.has(key)) continue;
    const set = (hasPorts ? WITH_PORTS.get(key) : undefined) ?? MERAKI_FIELDS.get(key);
    if (set) set(draft, value);
    else draft.label(key, value);
  }
}
