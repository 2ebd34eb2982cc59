import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { canonicalIp } from '../values/ip.ts';
import type { RowView } from './row.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const ERRORS = new Set(['high', 'critical']);

type SaidReader = (said: string, eventId: string, draft: EventDraft) => boolean;

/** By subtype of SYSTEM. What no reader knows keeps its event id, severity and text. */
const READERS: ReadonlyMap<string, readonly SaidReader[]> = new Map<string, readonly SaidReader[]>([
  ['auth', [readAuth]],
  ['general', [readAdmin, readAuth]],
  ['globalprotect', [readGlobalProtectText]],
  ['dhcp', [readLease]],
  ['vpn', [readTunnel]],
]);

export function readSystem(row: RowView, draft: EventDraft): void {
  const { event } = draft;
  const said = row.value('opaque');
  const eventId = row.value('eventid');
  event['event.category'] = 'host';
  event['event.type'] = ERRORS.has(row.value('severity')) ? 'error' : 'info';
  for (const reader of READERS.get(row.subtype) ?? []) if (reader(said, eventId, draft)) return;
}

const FROM = new RegExp(`[Ff]rom:? ['"]?(${ADDRESS})`);

/** `authenticated for user 'ayse'.  auth profile 'LDAP', … From: 10.0.0.5.`, `failed authentication for user …` */
function readAuth(said: string, eventId: string, draft: EventDraft): boolean {
  const user = /[Uu]ser ['"]([^'"]{1,128})['"]/.exec(said)?.[1];
  const failed = /fail|invalid|locked|denied/i.test(`${eventId} ${said.slice(0, 256)}`);
  if (user === undefined || !(failed || /authenticated|succ/i.test(`${eventId} ${said}`))) return false;
  setKind(draft, 'authentication', 'start', eventId, failed ? 'failure' : 'success');
  account(draft, user);
  setFrom(draft, said);
  draft.text('event.reason', /[Rr]eason: ([^.]{1,128})\./.exec(said)?.[1]?.split(' From: ', 1)[0]?.trimEnd());
  return true;
}

const ADMIN = new RegExp(
  String.raw`^User (\S{1,128}) (logged in|logged out|failed to log ?in)(?: via ([\w ]{1,32}?))?(?: from (${ADDRESS}))?(?: using (\w{1,16}))?(?:[ .]|$)`,
);

/** `User admin logged in via Web from 10.0.0.5 using https`, `User admin logged out via CLI from Console` */
function readAdmin(said: string, _: string, draft: EventDraft): boolean {
  const m = ADMIN.exec(said);
  if (!m) return false;
  const word = m[2] as string;
  if (word === 'logged out') setKind(draft, 'authentication', 'end', word);
  else setKind(draft, 'authentication', 'start', word, word === 'logged in' ? 'success' : 'failure');
  account(draft, m[1] as string);
  draft.label('client', m[3]);
  setAddress(draft, m[4]);
  draft.lower('network.protocol', m[5]);
  return true;
}

const STEPS: readonly (readonly [mark: RegExp, type: string, outcome?: 'success' | 'failure'])[] = [
  [/logout|disconnect|tunnel-down/, 'end'],
  [/auth-succ|regist-succ|login-succ|connected/, 'start', 'success'],
  [/auth-fail|regist-fail|login-fail|agent-fail/, 'start', 'failure'],
];

/** GlobalProtect before PAN-OS 9.1.3: `… user login succeeded. Login from: 203.0.113.9, User name: ayse, Private IP: …` */
function readGlobalProtectText(said: string, eventId: string, draft: EventDraft): boolean {
  const step = STEPS.find(([mark]) => mark.test(eventId));
  setKind(draft, step ? 'authentication' : 'network', step?.[1] ?? 'info', eventId, step?.[2]);
  const user = after(said, 'User name: ');
  if (user !== undefined) account(draft, user);
  setFrom(draft, said);
  draft.label('assigned_ip', after(said, 'Private IP: '));
  draft.text('event.reason', after(said, 'Reason: ') ?? after(said, 'Error code: '));
  draft.label('client_os_ver', after(said, 'Client OS version: '));
  return true;
}

const LEASE = new RegExp(
  String.raw`^DHCP (?:server |client )?lease (\w{2,16})(?: on| for)? ip:? (${ADDRESS}) ?(?:-->|for|to)? mac:? ([\da-fA-F:.-]{12,17})` +
    String.raw`(?: -)?(?:,? ?host ?name:? ([^,]{0,128}))?(?:,? interface:? (\S{1,64}))?`,
);
const LEASE_ENDS = /end|expire|release|clear|delete/;

const RENEWAL = new RegExp(
  String.raw`^DHCP RENEW: interface (\S{1,64}), ip (${ADDRESS}) netmask ${ADDRESS} dhcp server: (${ADDRESS})`,
);

/** `DHCP RENEW: interface ethernet1/1, ip 203.0.113.9 netmask 255.255.255.0 dhcp server: 203.0.113.1`: the firewall's own. */
function readRenewal(said: string, draft: EventDraft): boolean {
  const m = RENEWAL.exec(said);
  if (!m) return false;
  setKind(draft, 'network', 'start', 'renewed');
  draft.event['network.protocol'] = 'dhcp';
  draft.text('observer.ingress.interface.name', m[1]);
  draft.ip('source.ip', m[2]);
  draft.ip('destination.ip', m[3]);
  return true;
}

/** `DHCP lease started ip 10.1.0.7 --> mac 00:00:5e:00:53:23 - hostname pc7, interface ethernet1/3` */
function readLease(said: string, eventId: string, draft: EventDraft): boolean {
  const m = LEASE.exec(said);
  if (!m) return readRenewal(said, draft);
  const word = (m[1] as string).toLowerCase();
  const ends = LEASE_ENDS.test(word);
  const expired = ends && /expire/.test(`${word} ${eventId}`);
  setKind(draft, 'network', ends ? 'end' : 'start', ends ? (expired ? 'expired' : 'released') : 'assigned');
  draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', m[2]);
  draft.mac('source.mac', m[3]);
  const host = m[4]?.trim();
  if (host !== '[Unavailable]') draft.text('host.name', host);
  draft.text('observer.ingress.interface.name', m[5]);
  return true;
}

const TUNNEL_ENDS = new RegExp(String.raw`(${ADDRESS})\[(\d{1,5})\] ?(?:-|<=>|->) ?(${ADDRESS})\[(\d{1,5})\]`);

/** IKE and IPsec: `… Established SA: 198.51.100.1[500]-203.0.113.9[500] cookie:…`. Local end first. */
function readTunnel(said: string, eventId: string, draft: EventDraft): boolean {
  const type = /fail|err/.test(eventId)
    ? 'error'
    : /succ/.test(eventId)
      ? 'start'
      : /dele|exp|down/.test(eventId)
        ? 'end'
        : 'info';
  setKind(draft, 'network', type, eventId);
  const m = TUNNEL_ENDS.exec(said);
  if (!m) return true;
  draft.ip('source.ip', m[1]);
  draft.port('source.port', m[2]);
  draft.ip('destination.ip', m[3]);
  draft.port('destination.port', m[4]);
  return true;
}

function setFrom(draft: EventDraft, said: string): void {
  setAddress(draft, FROM.exec(said)?.[1]?.replace(/\.$/, ''));
}

/** `from Console`, `from panorama` are no addresses and no fault. */
function setAddress(draft: EventDraft, text: string | undefined): void {
  if (text !== undefined && canonicalIp(text) !== undefined) draft.ip('source.ip', text);
}

/** The value after a name, up to a comma or the end of the sentence. */
function after(said: string, name: string): string | undefined {
  const at = said.indexOf(name);
  if (at < 0) return undefined;
  const from = at + name.length;
  const comma = said.indexOf(',', from);
  return said
    .slice(from, comma < 0 ? undefined : comma)
    .replace(/[. ]{1,4}$/, '')
    .slice(0, 256);
}
