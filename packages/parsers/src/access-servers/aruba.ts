import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account, label, type Setter, text } from '../event/setters.ts';
import { findProgram } from '../programs/program.ts';
import { NO_ADDRESS } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import type { VendorInput } from '../vendor.ts';

/** Processes of ArubaOS that say who came and went. */
export const ARUBA_PROGRAMS: ReadonlyMap<string, true> = new Map(
  ['authmgr', 'stm', 'sapd', 'wms', 'cli'].map((name) => [name, true]),
);
/**
 * `<522008> <4130> <NOTI> <wlc-1 10.1.1.2>  ` of controllers, `<501100> <NOTI> |authmgr| ` of older ones and
 * `<501100> <NOTI> AP:ap-1 <10.1.1.3 00:…> ` of Instant: number, process, level, who speaks.
 */
const HEAD =
  /<(\d{6})> (?:<\d{1,6}> )?<(DBUG|INFO|NOTI|WARN|ERRS|CRIT|ALRT|EMRG)> {1,2}(?:(?:AP:\S{1,64}|<[^>]{1,80}>|\|[^|]{1,80}\|) {1,3}){0,3}/y;
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['DBUG', 'debug'],
  ['INFO', 'informational'],
  ['NOTI', 'notice'],
  ['WARN', 'warning'],
  ['ERRS', 'error'],
  ['CRIT', 'critical'],
  ['ALRT', 'alert'],
  ['EMRG', 'emergency'],
]);

const address: Setter = (draft, value) => {
  if (!NO_ADDRESS.has(value)) draft.ip('source.ip', value);
};
const user: Setter = (draft, value) => {
  if (canonicalMac(value) === undefined) account(draft, value);
};
const station: Setter = (draft, value) => draft.mac('source.mac', value);

/** Names of ArubaOS' pairs; their values may have blanks. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['username', user],
  ['MAC', station],
  ['usermac', station],
  ['IP', address],
  ['userip', address],
  ['role', label('role')],
  ['VLAN', text('network.vlan.id')],
  ['AP', label('access_point')],
  ['apname', label('access_point')],
  ['SSID', label('ssid')],
  ['bssid', label('bssid')],
  ['AAA profile', label('aaa_profile')],
  ['auth method', label('method')],
  ['authmethod', label('method')],
  ['method', label('method')],
  ['auth server', label('aaa_server')],
  ['servername', label('aaa_server')],
  ['server', label('aaa_server')],
  ['serverip', label('aaa_server_ip')],
  ['reason', text('event.reason')],
  ['Authentication result', text('event.reason')],
]);
const PAIRS = new RegExp(`(?:^|[ ,.:])(?=(?:${[...FIELDS.keys()].join('|')})=)`);
const PAIR = /^([A-Za-z ]{2,24})=(.{0,256})$/;
const MAX_PAIRS = 24;

const STATION =
  /^(Assoc|Disassoc|Deauth|Auth)( success| failure| request| from sta| to sta)?(?: @ [\d:.]{8,20})?: ([\da-f:]{17}):.{0,40}? AP ([\d.]{7,15})-([\da-f:]{17})-([^\s]{1,64})(?: Reason (.{1,128}))?/i;

function headOf(input: VendorInput): RegExpExecArray | null {
  const program = findProgram(input, ARUBA_PROGRAMS);
  if (!program) return null;
  HEAD.lastIndex = input.text[program.at] === ' ' ? program.at + 1 : program.at;
  return HEAD.exec(input.text);
}

export function isAruba(input: VendorInput): boolean {
  return headOf(input) !== null;
}

/** Aruba's controllers and Instant: sign-ins of users, their entries with address and MAC, stations at access points. Others keep their text. */
export function readAruba(input: VendorInput, draft: EventDraft): void {
  const head = headOf(input);
  if (!head) return;
  draft.text('event.code', head[1]);
  draft.text('log.level', LEVELS.get(head[2] as string));
  const said = input.text.slice(head.index + head[0].length, head.index + head[0].length + 2048).trim();
  const at = STATION.exec(said);
  if (at) {
    readStation(at, draft);
    return;
  }
  const type = meaning(said);
  if (type === undefined) return;
  setKind(draft, ...type);
  for (const part of said.split(PAIRS, MAX_PAIRS)) {
    const pair = PAIR.exec(part);
    // What comes behind the last value is the message's verb.
    const value = pair?.[2]?.replace(/ (?:User entry|Station) .{0,128}$/, '').trim();
    if (pair && value !== undefined && value !== '') FIELDS.get(pair[1] as string)?.(draft, value);
  }
}

type Kind = [category: string, type: string, action: string, outcome?: 'success' | 'failure'];

/** 522008, 522275, 522038, 522006 and 522005 of the "ArubaOS Syslog Messages Reference Guide". */
function meaning(said: string): Kind | undefined {
  if (said.includes('User entry added')) return ['session', 'start', 'user entry added'];
  if (said.includes('User entry deleted')) return ['session', 'end', 'user entry deleted'];
  if (said.startsWith('User Authentication Successful')) return ['authentication', 'start', 'login', 'success'];
  if (said.startsWith('User Authentication failed')) return ['authentication', 'start', 'login failed', 'failure'];
  const result = /Authentication result=Authentication (\w{1,16})/.exec(said)?.[1];
  if (result === undefined) return undefined;
  const succeeded = /^succ/i.test(result);
  return ['authentication', 'start', succeeded ? 'login' : 'login failed', succeeded ? 'success' : 'failure'];
}

function readStation(m: RegExpExecArray, draft: EventDraft): void {
  const [, verb = '', detail = '', mac, address, bssid, name, reason] = m;
  const leaves = /^(?:Disassoc|Deauth)/i.test(verb);
  const enters = /^Assoc/i.test(verb) && detail === ' success';
  setKind(draft, 'session', leaves ? 'end' : enters ? 'start' : 'info', `${verb}${detail}`);
  draft.mac('source.mac', mac);
  draft.label('access_point', name);
  draft.label('access_point_ip', address);
  draft.label('bssid', bssid);
  draft.text('event.reason', reason);
}
