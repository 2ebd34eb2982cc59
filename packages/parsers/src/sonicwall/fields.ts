import { account, type FieldTable, first, long, mac, named, type Setter, text, unless } from '../event/setters.ts';
import { protocol, WELF_FIELDS } from '../welf/fields.ts';
import { type EndpointFields, setEndpoint } from './endpoint.ts';

const NOBODY = new Set(['Unknown', 'unknown', 'Unknown (SSO failed)', 'Unknown (SSO bypassed)', 'None', 'none']);

const end =
  (kept: string, fields: EndpointFields): Setter =>
  (draft, value) =>
    setEndpoint(draft, value, fields, kept);

const SOURCE = {
  ip: 'source.ip',
  port: 'source.port',
  name: 'source.domain',
  interface: 'observer.ingress.interface.name',
} as const;
const DESTINATION = {
  ip: 'destination.ip',
  port: 'destination.port',
  name: 'destination.domain',
  interface: 'observer.egress.interface.name',
} as const;
const SOURCE_NAT = { ip: 'source.nat.ip', port: 'source.nat.port' } as const;
const DESTINATION_NAT = { ip: 'destination.nat.ip', port: 'destination.nat.port' } as const;

/** A name, or in its place what was sent: `IP Protocol 17`. */
const domain: Setter = (draft, value) => {
  if (value.includes(' ')) draft.label('dstname', value);
  else draft.text('destination.domain', value);
};

/** `15 (WAN->WAN)`: the rule's number and what it connects. */
export const sonicwallRule: Setter = (draft, value) => {
  const match = /^(\d{1,6}) \((.{1,128})\)$/.exec(value);
  draft.text(match || /^\d{1,6}$/.test(value) ? 'rule.id' : 'rule.name', match ? match[1] : value);
  if (match) draft.text('rule.ruleset', match[2]);
};

/** SonicOS counts in ms. */
export const milliseconds: Setter = (draft, value) => {
  const nanos = /^\d{1,10}$/.test(value) ? Number(value) * 1_000_000 : Number.NaN;
  draft.duration(Number.isSafeInteger(nanos) ? nanos : undefined);
};

/** Codes of HTTP methods. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['1', 'GET'],
  ['2', 'POST'],
  ['3', 'HEAD'],
]);

/**
 * SonicOS 5 to 7 (SonicOS Log Events Reference Guide, "Syslog tags"), beyond those of WELF → ECS. What isn't here becomes
 * a label.
 */
export const SONICWALL_FIELDS: FieldTable = new Map([
  ...WELF_FIELDS,
  ['sn', text('observer.serial_number')],
  ['m', text('event.code')],
  ['src', end('src', SOURCE)],
  ['dst', end('dst', DESTINATION)],
  ['srcV6', end('srcV6', SOURCE)],
  ['dstV6', end('dstV6', DESTINATION)],
  ...named('natSrc natSrcV6', end('natSrc', SOURCE_NAT)),
  ...named('natDst natDstV6', end('natDst', DESTINATION_NAT)),
  ['op', (draft, value) => draft.text('http.request.method', METHODS.get(value))],
  ['result', (draft, value) => /^[1-5]\d\d$/.test(value) && draft.long('http.response.status_code', value)],
  ['srcMac', mac('source.mac')],
  ['dstMac', mac('destination.mac')],
  ['srcZone', text('observer.ingress.zone')],
  ['dstZone', text('observer.egress.zone')],
  ['proto', protocol],
  ...named('usr user', unless(NOBODY, account)),
  ['srcname', text('source.domain')],
  ['dstname', domain],
  ['spkt', long('source.packets')],
  ['rpkt', long('destination.packets')],
  ['cdur', milliseconds],
  ['dur', (draft, value) => draft.seconds(value)],
  ['rule', sonicwallRule],
  ['appName', (draft, value) => draft.lower('network.application', value)],
  ['Category', text('rule.category')],
  ['category', text('rule.category')],
  ['uuid', text('rule.uuid')],
  ['ipscat', first('rule.category', text('rule.category'))],
  ['vlan', text('network.vlan.id')],
  ['filename', text('file.name')],
]);
