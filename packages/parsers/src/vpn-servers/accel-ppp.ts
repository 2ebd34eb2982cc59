import { setLease } from '../dhcp-servers/lease.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { type NamedValue, STATUS_TYPES } from '../radius/attributes.ts';
import { FIELDS, setAccounting } from '../radius/session.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { canonicalMac } from '../values/mac.ts';

/**
 * Its own file (logs/log_file.c): `[2026-11-23 19:56:31]:  info: ppp0: …`, with fractions and without a level in files of
 * sessions, with colours where they are on.
 */
const ESCAPE = String.fromCharCode(0x1b);
const OWN_FILE = new RegExp(
  `(?:${ESCAPE}\\[[\\d;]{1,8}m)?\\[(20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)\\]:? {1,2}(?:(msg|error|warn|info|debug): )?`,
  'y',
);
/** `ppp0:ayse: ` in syslog (logs/log_syslog.c), `ppp0: ` and `ppp0: 4d469f0130004acd: ` in files. */
const INTERFACE =
  /^(?!(?:l2tp|pptp|sstp|pppoe|ipoe|radius|dhcpv[46]|ppp|net|cli): )([\w.-]{1,15})?:(?:(\S{0,128}?):)? (?:([\da-f]{16}): )?/;
/** Others have many sessions. */
const OF_SESSION = /^(?:ppp|ipoe|l2tp|pptp|sstp)\d{1,6}$/;
const CONNECT = /^connect: ([\w.-]{1,15}) <--> (\w{1,16})\(([^)]{1,64})\)/;
const AUTHENTICATION = /^(?:([^ ]{1,128}): )?authentication (succeeded|failed)/;
const PACKET = /^(send|recv) \[([\w-]{3,16})(?:\((\d{1,5})\))? ([\w-]{1,32})/;
const ATTRIBUTE = /<([A-Z][\w-]{1,63}) (?:"([^"]{0,253})"|([^>]{0,253}))>/g;
const MAX_PACKET = 4096;
const NEW_CONNECTION =
  /^(l2tp|pptp|sstp|pppoe)?:? ?(?:new|incoming) (?:connection|tunnel|session).{0,64}? from (\[?[\da-fA-F.:]{2,52}\]?(?::\d{1,5})?)/;
const SESSION_END =
  /^(?:ipoe: )?(disconnected|session finished|terminate|hangup|session timeout|idle timeout|ppp disconnected)\b/;
const SESSION_START = /^(?:ipoe|pppoe|ppp)?:? ?(session started|ppp connected|activate session)\b/;
const STATUS: ReadonlyMap<string, number> = new Map(
  Object.entries(STATUS_TYPES).map(([number, word]) => [word.toLowerCase(), Number(number)]),
);

/** The time of its own file and where the message begins; undefined for all else. */
export function accelFile(
  text: string,
  at: number,
): { written: string; level: string | undefined; at: number } | undefined {
  OWN_FILE.lastIndex = at;
  const m = OWN_FILE.exec(text);
  if (!m || (m[2] === undefined && !/^[\w.-]{0,15}: /.test(text.slice(OWN_FILE.lastIndex, OWN_FILE.lastIndex + 20))))
    return undefined;
  return { written: m[1] as string, level: m[2], at: OWN_FILE.lastIndex };
}

/**
 * accel-ppp: PPPoE, L2TP, PPTP, SSTP and IPoE. Its lines have an interface, which one session at a time has: the session id
 * until RADIUS names a better one.
 */
export function readAccel(text: string, draft: EventDraft): boolean {
  const head = INTERFACE.exec(text);
  const said = text.slice(head?.[0].length ?? 0, MAX_PACKET);
  draft.text('observer.ingress.interface.name', head?.[1]);
  draft.text('user.name', head?.[2]);
  draft.text('logmaster.session.id', head?.[3] ?? (OF_SESSION.test(head?.[1] ?? '') ? head?.[1] : undefined));
  return readSession(said, draft) || readPacket(said, draft) || readArrival(said, draft);
}

function readSession(said: string, draft: EventDraft): boolean {
  const connect = CONNECT.exec(said);
  if (connect) {
    setKind(draft, 'network', 'start', 'connect');
    draft.text('network.protocol', connect[2]);
    draft.text('logmaster.session.id', connect[1]);
    setCaller(draft, connect[3] as string);
    return true;
  }
  const login = AUTHENTICATION.exec(said);
  if (login) {
    setKind(draft, 'authentication', 'start', 'login', login[2] === 'succeeded' ? 'success' : 'failure');
    draft.text('user.name', login[1]);
    return true;
  }
  const end = SESSION_END.exec(said)?.[1];
  const start = end === undefined ? SESSION_START.exec(said)?.[1] : undefined;
  if (end === undefined && start === undefined) return false;
  if (start !== undefined) setKind(draft, 'network', 'start', start);
  else setKind(draft, 'network', /^(?:terminate|hangup)/.test(end as string) ? 'info' : 'end', end as string);
  return true;
}

/** PPPoE knows a MAC, the others an address, behind which L2TP writes its session: `203.0.113.9 session 12-34`. */
function setCaller(draft: EventDraft, caller: string): void {
  const [address = '', ...session] = caller.split(' ');
  if (canonicalMac(address) !== undefined) draft.mac('source.mac', address);
  else if (/^[\da-fA-F.:]{3,45}$/.test(address)) draft.ip('source.ip', address.replace(/:\d{1,5}$/, ''));
  else draft.label('caller', caller);
  if (session.length > 0) draft.label('tunnel', session.join(' '));
}

function readPacket(said: string, draft: EventDraft): boolean {
  const m = PACKET.exec(said);
  if (!m) return false;
  const [, way, protocol, , kind = ''] = m;
  if (protocol === 'RADIUS') readRadius(said, kind, draft);
  else if (protocol?.startsWith('DHCPv4') === true) readDhcp(said, kind === 'relay' ? undefined : kind, draft);
  else {
    setKind(draft, 'network', 'info', `${way} ${protocol} ${kind}`);
    // What the client asked for and got; its own address is acknowledged by the client.
    const given =
      protocol === 'IPCP' && way === 'send' && kind === 'ConfAck' ? /<addr ([\d.]{7,15})>/.exec(said)?.[1] : undefined;
    if (given !== undefined && given !== '0.0.0.0') {
      setKind(draft, 'network', 'start', 'assigned');
      draft.ip('source.ip', given);
    }
    const mac =
      protocol === 'PPPoE' ? / ((?:[\da-f]{2}:){5}[\da-f]{2}) => ((?:[\da-f]{2}:){5}[\da-f]{2})/.exec(said) : null;
    draft.mac('source.mac', mac?.[way === 'recv' ? 1 : 2]);
    if (kind === 'PADT') draft.event['event.type'] = 'end';
  }
  return true;
}

function readRadius(said: string, kind: string, draft: EventDraft): void {
  const values = new Map<string, NamedValue>();
  for (const [, name = '', quoted, bare = ''] of said.matchAll(ATTRIBUTE)) {
    if (!values.has(name)) values.set(name, readValue(name, quoted ?? bare));
  }
  const accounting = values.has('Acct-Status-Type');
  setAccounting(draft, values);
  if (!accounting) {
    const outcome = /accept/i.test(kind) ? 'success' : /reject/i.test(kind) ? 'failure' : undefined;
    setKind(draft, 'authentication', outcome === undefined ? 'info' : 'start', kind, outcome);
  }
  draft.event['observer.type'] = 'vpn';
  for (const [name, { text }] of values) if (!FIELDS.has(name)) draft.label(name, text);
}

function readValue(name: string, text: string): NamedValue {
  if (name === 'Acct-Status-Type') return { name, text, number: STATUS.get(text.toLowerCase()) ?? 0 };
  return /^\d{1,15}$/.test(text) ? { name, text, number: Number(text) } : { name, text };
}

const LEASES: Readonly<Record<string, string>> = {
  Ack: 'assigned',
  Nak: 'nak',
  Release: 'released',
  Decline: 'declined',
};

/** `[DHCPv4 Ack xid=1a yiaddr=10.64.0.5 chaddr=00:… <Message-Type Ack> <Lease-Time 600>]`; a relay's has `relay` before. */
function readDhcp(said: string, kind: string | undefined, draft: EventDraft): void {
  const word = kind ?? /DHCPv4 relay (\w{1,16})/.exec(said)?.[1] ?? 'message';
  const part = (name: string) => new RegExp(String.raw`\b${name}=([\da-fA-F.:]{3,45})`).exec(said)?.[1];
  const option = (name: string) => new RegExp(`<${name} "?([^>"]{1,128})"?>`).exec(said)?.[1];
  const action = LEASES[word] ?? word.toLowerCase();
  setLease(draft, {
    action,
    ip: part('yiaddr') ?? part('ciaddr') ?? option('Request-IP'),
    mac: part('chaddr'),
    host: option('Hostname') ?? option('Host-Name'),
    seconds: option('Lease-Time'),
  });
}

function readArrival(said: string, draft: EventDraft): boolean {
  const m = NEW_CONNECTION.exec(said);
  if (!m) return false;
  setKind(draft, 'network', 'info', 'new connection');
  draft.text('network.protocol', m[1]);
  const peer = readEndpoint(m[2] as string);
  draft.ip('source.ip', peer?.ip);
  draft.port('source.port', peer?.port);
  return true;
}
