import { setLease } from '../dhcp-servers/lease.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { ip, mac, named, type Setter, text, unless } from '../event/setters.ts';
import { canonicalIp } from '../values/ip.ts';

const NOBODY = new Set(['**', '--', 'N/A', '']);
const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
/** `-UserName=ayse-IPAddr=10.70.0.5-MACAddr=0000-5e00-5323; `: names begin with a capital, values may hold hyphens. */
const DASHED = /-([A-Z][A-Za-z]{1,24})=/g;
const MAX_HEAD = 1024;
const MAX_ROUNDS = 4;

const DASHED_FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...named('username user', unless(NOBODY, text('user.name'))),
  ...named('ipaddr srcip userip ip', unless(NOBODY, ip('source.ip'))),
  ...named('macaddr usermac srcmac', mac('source.mac')),
  ...named('ifname interface', text('observer.ingress.interface.name')),
  ...named('vlanid outervlan accessvlanid', text('network.vlan.id')),
  ...named('reason failurereason', text('event.reason')),
  ['devip', ip('observer.ip')],
  ['sn', text('observer.serial_number')],
]);

/** The pairs before a sentence: `-DevIP=10.0.0.2; -SN=2102…; VTY logged in …`. The result: the sentence. */
export function readDashed(said: string, draft: EventDraft): string {
  let rest = said;
  for (let round = 0; round < MAX_ROUNDS && rest.charCodeAt(0) === 0x2d; round++) {
    const before = rest.slice(0, MAX_HEAD);
    const first = before.search(/;(?: |$)/);
    const end = first < 0 ? before.search(/:(?: |$)/) : first;
    if (end < 0) return rest;
    setDashed(before.slice(0, end), draft);
    rest = rest.slice(end + 1).trim();
  }
  return rest;
}

function setDashed(head: string, draft: EventDraft): void {
  const keys = [...head.matchAll(DASHED)];
  for (const [index, key] of keys.entries()) {
    const value = head.slice(key.index + key[0].length, keys[index + 1]?.index).trim();
    const set = DASHED_FIELDS.get((key[1] as string).toLowerCase());
    if (value === '') continue;
    if (set) set(draft, value);
    else if (!NOBODY.has(value)) draft.label(key[1] as string, value);
  }
}

const LOGIN = new RegExp(
  String.raw`^(?:(?:SSH|Telnet|Web|HTTP|FTP|Terminal|Console|AUX) )?(?:[Uu]ser )?(\S{1,80}?)(?: \(?(?:IP: ?)?(${ADDRESS})\)?)?(?: of context (\S{1,64}))?,? (?:has |was |user )?(failed to log ?in|log(?:ged)? in|log(?:ged)? out|logged off|login|logout|connected to the server|disconnected from the server)(?: successfully)?(?: (?:from|of|on) (${ADDRESS}|\S{1,48}))?(?:.{0,32}?(?:[Rr]eason: |because )(.{1,128}?)\.?$)?`,
);
const SSH = new RegExp(
  String.raw`^(?:Authentication|Password authentication|SSH user authentication) (failed|succeeded) for (?:user )?(\S{1,80}) from (${ADDRESS})(?: port (\d{1,5}))?(?:.{0,32}? because of (.{1,128}?)\.?$)?`,
);
const REFUSAL = new RegExp(
  String.raw`^(?:Invalid username or password from (${ADDRESS}|\S{1,48})|The (?:SSH|Telnet) [Cc]onnection (?:request )?(?:from )?(${ADDRESS})(?:\(\S{1,48}\))? (?:request )?was denied)`,
);
const RADIUS = new RegExp(String.raw`^User (\S{1,80}) (?:at|from) (${ADDRESS}|\S{1,48}) (failed|passed|was denied)`);
const ACCESS = /^(?:PORTAL|DOT1X|MACA|STAMGR|WLAN|PPP|IPOE|USER)/i;
const CAME = /came online|went online|got online|logged on|user online|passed .{0,32}?authentication/i;
const WENT = /went offline|logged off|was logged off|got offline|user offline/i;
const STATION =
  /^(?:Client|Station|User) ([\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}) (?:went|came|got) (?:online|offline)/;
const COMMAND = /^Command (?:is )?(.{1,512}?)(?: is permission denied| in view .{1,64} failed to be matched)?\.?$/;
const LEASE_MAC = /(?:MAC|hardware address) ([\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4})/;
const LEASE_IP = new RegExp(String.raw`(?:IP(?: address)?|lease ?\(IP) (${ADDRESS})`);

/** Sentences of signing in and out, of stations, commands and leases. False: nothing that is known of people. */
export function readPeople(said: string, brief: string, draft: EventDraft): boolean {
  if (readLease(said, brief, draft) || readCommand(said, brief, draft)) return true;
  if (ACCESS.test(brief)) return readOnline(said, brief, draft);
  return readLogin(said, draft) || readOnline(said, brief, draft);
}

/** DHCPS module of Comware's server: `…allocated an IP address 10.70.0.5(lease 3600 seconds) for the DHCP client(MAC …)`. */
function readLease(said: string, brief: string, draft: EventDraft): boolean {
  if (!/^DHCP[SR]?6?_|^DHCPS/i.test(brief)) return false;
  const action = /ALLOCATE/i.test(brief)
    ? 'assigned'
    : /EXTEND/i.test(brief)
      ? 'renewed'
      : /RECLAIM/i.test(brief)
        ? 'expired'
        : /CONFLICT/i.test(brief)
          ? 'conflict'
          : brief.toLowerCase();
  const head = said.slice(0, 600);
  setLease(draft, {
    action,
    ip: LEASE_IP.exec(head)?.[1],
    mac: LEASE_MAC.exec(head)?.[1],
    seconds: /lease (\d{1,10}) seconds/.exec(head)?.[1],
  });
  return true;
}

function readCommand(said: string, brief: string, draft: EventDraft): boolean {
  const m = brief.startsWith('SHELL_CMD') ? COMMAND.exec(said) : null;
  if (!m) return false;
  const failed = said.includes('permission denied') || said.includes('failed to be matched');
  setKind(draft, 'configuration', 'info', brief, failed ? 'failure' : 'success');
  draft.label('command', m[1]);
  return true;
}

function readLogin(said: string, draft: EventDraft): boolean {
  const ssh = SSH.exec(said);
  const radius = ssh ? null : RADIUS.exec(said);
  if (ssh || radius) {
    const passed = (ssh?.[1] ?? radius?.[3]) === 'succeeded' || radius?.[3] === 'passed';
    setKind(draft, 'authentication', 'start', 'login', passed ? 'success' : 'failure');
    draft.text('user.name', ssh?.[2] ?? radius?.[1]);
    setPlace(draft, ssh?.[3] ?? radius?.[2]);
    draft.port('source.port', ssh?.[4]);
    draft.text('event.reason', ssh?.[5]);
    return true;
  }
  const m = LOGIN.exec(said);
  if (!m) return readRefusal(said, draft);
  const [, user, address, context, word = '', place, reason] = m;
  draft.label('context', context);
  draft.text('event.reason', reason);
  if (/out|off|^disc/.test(word)) setKind(draft, 'authentication', 'end', 'logout');
  else setKind(draft, 'authentication', 'start', 'login', word.startsWith('failed') ? 'failure' : 'success');
  // `VTY logged in from 10.0.0.9`: the line in the user's place.
  if (!/^(?:VTY|Console|AUX|TTY)\d{0,3}$/i.test(user as string)) draft.text('user.name', user);
  setPlace(draft, address ?? place);
  return true;
}

/** Nobody is named: `Invalid username or password from 203.0.113.66.`, `The SSH Connection 203.0.113.66 request was denied …` */
function readRefusal(said: string, draft: EventDraft): boolean {
  const m = REFUSAL.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', 'login', 'failure');
  setPlace(draft, m[1] ?? m[2]);
  draft.text('event.reason', said.slice(0, 200));
  return true;
}

function setPlace(draft: EventDraft, place: string | undefined): void {
  const written = place?.replace(/[.,;]$/, '');
  if (written === undefined) return;
  if (canonicalIp(written) !== undefined) draft.ip('source.ip', written);
  else draft.label('line', written);
}

/** Portal, 802.1X, MAC authentication and stations of access points: who is in the pairs before the sentence. */
function readOnline(said: string, brief: string, draft: EventDraft): boolean {
  const failed = /_FAIL|FAILURE/i.test(brief);
  const came = !failed && (/LOG(?:IN|ON)_SUCC|ONLINE/i.test(brief) || CAME.test(said.slice(0, 300)));
  if (/^AAA_(?:SUCCESS|FAILURE)/i.test(brief)) {
    const accepted = /SUCCESS/i.test(brief);
    setKind(draft, 'authentication', 'start', brief, accepted ? 'success' : 'failure');
    return true;
  }
  const went = /LOGOFF|OFFLINE|LOGOUT/i.test(brief) || WENT.test(said.slice(0, 300));
  if (!came && !went && !(failed && /LOGIN|LOGON|AUTH/i.test(brief))) return false;
  setKind(draft, 'authentication', went ? 'end' : 'start', brief, went ? undefined : failed ? 'failure' : 'success');
  const station = STATION.exec(said)?.[1];
  if (station !== undefined) draft.mac('source.mac', station);
  draft.label('ssid', / with SSID (\S{1,64})/.exec(said.slice(0, 300))?.[1]);
  draft.label('ap', / on AP (\S{1,64})/.exec(said.slice(0, 300))?.[1]);
  return true;
}
