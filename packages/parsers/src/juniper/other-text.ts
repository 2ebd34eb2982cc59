import { readPairs } from '../key-value/pairs.ts';
import { readLease, readPortBlock, readServicesSession } from './address-text.ts';
import { readFilter, readStation, readTunnel } from './daemon-text.ts';
import type { JunosFields } from './flow-text.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

type TextReader = (text: string) => readonly (readonly [name: string, value: string | undefined])[] | undefined;

const SCREEN = new RegExp(
  String.raw`^(.{1,64}?) (?:source|destination): (${ADDRESS}?)(?::(\d{1,5}))?(?:, destination: (${ADDRESS}?)(?::(\d{1,5}))?)?` +
    String.raw`(?:, protocol-id: (\d{1,3}))?, zone name: ([^,]{1,64}), interface name: ([^,]{1,64}), action: ([\w-]{1,32})`,
);

/** RT_IDS: `TCP sweep! source: a:p, destination: b:q, zone name: z, interface name: i, action: drop` */
function readScreen(text: string) {
  const m = SCREEN.exec(text);
  if (!m) return undefined;
  const onlyDestination = text.indexOf(' destination: ') >= 0 && !text.includes(' source: ');
  return [
    ['attack-name', m[1]],
    [onlyDestination ? 'destination-address' : 'source-address', m[2]],
    [onlyDestination ? 'destination-port' : 'source-port', m[3]],
    ['destination-address', m[4]],
    ['destination-port', m[5]],
    ['protocol-id', m[6]],
    ['source-zone-name', m[7]],
    ['interface-name', m[8]],
    ['action', m[9]],
  ] as const;
}

const WEB_PAIR = new RegExp(String.raw`(${ADDRESS})\((\d{1,5})\)->(${ADDRESS})\((\d{1,5})\)`);
const UTM_NAMES: ReadonlyMap<string, string> = new Map([
  ['CATEGORY', 'category'],
  ['REASON', 'reason'],
  ['PROFILE', 'profile'],
  ['URL', 'url'],
  ['OBJ', 'obj'],
  ['USERNAME', 'username'],
  ['ROLES', 'roles'],
]);

/** RT_UTM: `WebFilter: ACTION="URL Blocked" a(p)->b(q) CATEGORY="…" REASON="…" PROFILE="…" URL=… OBJ=… username … roles …` */
function readUtm(text: string) {
  const pair = WEB_PAIR.exec(text.slice(0, 256));
  if (!pair) return undefined;
  const found: [string, string | undefined][] = [
    ['source-address', pair[1]],
    ['source-port', pair[2]],
    ['destination-address', pair[3]],
    ['destination-port', pair[4]],
  ];
  readPairs(text, 0, (key, value) => {
    const name = UTM_NAMES.get(key.toUpperCase());
    if (name) found.push([name, value]);
  });
  const user = / username (\S{1,128}) roles (\S{1,128})/i.exec(text);
  if (user) found.push(['username', user[1]], ['roles', user[2]]);
  return found;
}

const IDP = new RegExp(String.raw`<(${ADDRESS})[:/](\d{1,5})->(${ADDRESS})[:/](\d{1,5})> for (\w{1,16}) protocol`);
const IDP_RULE = /application (\S{1,64}) by rule (\S{1,64}) of rulebase (\S{1,64}) in policy ([^.]{1,64})\./;
const IDP_NAT = new RegExp(String.raw`NAT <(${ADDRESS}?):(\d{1,5})->(${ADDRESS}?):(\d{1,5})>`);
const IDP_INTERFACES = /intf: ?([^:,]{1,64}):([^-,]{1,64})->([^:,]{1,64}):([^,]{1,64})/;
const ENDS = ['source-address', 'source-port', 'destination-address', 'destination-port'];
const IDP_PLACES = ['source-zone-name', 'source-interface-name', 'destination-zone-name', 'destination-interface-name'];
const IDP_WORDS: ReadonlyMap<string, string> = new Map([
  ['action', 'action'],
  ['threat-severity', 'threat-severity'],
  ['name', 'attack-name'],
  ['username', 'username'],
  ['inbytes', 'inbound-bytes'],
  ['outbytes', 'outbound-bytes'],
  ['inpackets', 'inbound-packets'],
  ['outpackets', 'outbound-packets'],
]);

/** RT_IDP: `IDP: at 1583190783, SIG Attack log <a/p->b/q> for TCP protocol and service … attack: …, action=DROP, …` */
function readIdp(text: string) {
  const ends = IDP.exec(text.slice(0, 512));
  if (!ends) return undefined;
  const found = [
    ...named([...ENDS, 'protocol-name'], ends),
    ...named(['application-name', 'rule-name', 'rulebase-name', 'policy-name'], IDP_RULE.exec(text)),
    ...named(
      ENDS.map((name) => `nat-${name}`),
      IDP_NAT.exec(text),
    ),
    ...named(IDP_PLACES, IDP_INTERFACES.exec(text)),
  ];
  readPairs(text.replaceAll(', ', ' '), 0, (key, value) => {
    const name = IDP_WORDS.get(key);
    if (name) found.push([name, value.replace(/,$/, '')]);
  });
  return found;
}

const PEOPLE = [
  /^User '([^']{0,128})' (?:login|logout|logged)(?:, class '([^']{0,64})')?/,
  /^Authenticated user '([^']{0,128})' (?:at permission level|assigned to class) '([^']{0,64})'/,
  /^Login failed for user '?([^'\s]{0,128})'? from host '?()/,
  /^User '?([^'\s]{0,128})'? logged in from host \[?()/,
  /^User '([^']{0,128})'[ ,]()/,
];
const CONNECTION = / ssh-connection '([^']{7,128})'/;
const HOST = new RegExp(String.raw`(?:from host|from|ssh-connection) ['[]?(${ADDRESS})(?: (\d{1,5}))?`);

/** mgd, login and sshd: `User 'ayse' login, class 'super-user' [1234], ssh-connection '10.0.0.5 50022 10.0.0.1 22', …` */
function readPerson(text: string) {
  for (const form of PEOPLE) {
    const m = form.exec(text);
    if (!m) continue;
    const host = HOST.exec(text.slice(0, 512));
    const command = /(?:command|requested) '([^']{1,1024})/.exec(text)?.[1];
    return [
      ['username', m[1]],
      ['class-name', m[2]],
      ['ssh-connection', CONNECTION.exec(text.slice(0, 512))?.[1]],
      ['remote-address', host?.[1]],
      ['source-port', host?.[2]],
      ['command', command],
    ] as const;
  }
  return undefined;
}

/** The captures of a match, under these names. */
function named(names: readonly string[], match: RegExpExecArray | null): [string, string | undefined][] {
  return names.map((name, i) => [name, match?.[i + 1]]);
}

const READERS: readonly (readonly [tag: RegExp, reader: TextReader])[] = [
  [/^RT_SCREEN_/, readScreen],
  [/^(?:WEBFILTER|CONTENT_FILTERING|AV|ANTISPAM)_/, readUtm],
  [/^IDP_/, readIdp],
  [/^(?:UI|LOGIN|SSHD)_/, readPerson],
  [/^DOT1XD_/, readStation],
  [/^PFE_FW_SYSLOG/, readFilter],
  [/^(?:KMD|IKE|IPSEC)_/, readTunnel],
  [/^(?:DH_SVC|JDHCPD|DHCPD|DHCP_SVC)_/, readLease],
  [/^(?:RT_SRC_NAT_PBA|JSERVICES_NAT)_/, readPortBlock],
  [/^JSERVICES_SESSION_/, readServicesSession],
];

/** Plain text of a tag, in the names of structured data. Undefined when the tag has no reader or is worded otherwise. */
export function readOtherText(tag: string, text: string): JunosFields | undefined {
  const found = READERS.find(([mark]) => mark.test(tag))?.[1](text);
  if (!found) return undefined;
  const fields: JunosFields = new Map();
  for (const [name, value] of found) if (value !== undefined && value !== '') fields.set(name, value);
  return fields;
}
