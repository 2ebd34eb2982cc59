import type { Micros } from '@logmaster/core/time';
import type { WriteForti } from './fortigate-sessions.ts';
import { anyAttacker, type Host } from './network.ts';
import type { Random } from './random.ts';

const ATTACKS = [
  ['Apache.Log4j.Error.Log.Remote.Code.Execution', 51006, 'critical'],
  ['HTTP.URI.SQL.Injection', 15621, 'high'],
  ['Bash.Function.Definitions.Remote.Code.Execution', 39294, 'critical'],
  ['SSH.Connection.Brute.Force', 43463, 'medium'],
] as const;

export function attackRecord(write: WriteForti, random: Random, nextSessionId: () => number, now: Micros): string {
  const [name, id, severity] = random.pick(ATTACKS);
  const sessionId = nextSessionId();
  return write(now, '0419016384', 'utm/ips/signature', 'alert', [
    ['severity', severity],
    ['srcip', anyAttacker(random), 'bare'],
    ['srccountry', 'United States'],
    ['dstip', '10.10.90.10', 'bare'],
    ['srcintf', 'wan1'],
    ['srcintfrole', 'wan'],
    ['dstintf', 'dmz'],
    ['dstintfrole', 'dmz'],
    ['sessionid', sessionId],
    ['action', 'dropped'],
    ['proto', 6],
    ['service', 'HTTP'],
    ['policyid', 31],
    ['attack', name],
    ['srcport', random.int(1024, 65_535)],
    ['dstport', 80],
    ['direction', 'incoming'],
    ['attackid', id],
    ['profile', 'sunucu-koruma'],
    ['ref', `http://www.fortinet.com/ids/VID${id}`],
    ['incidentserialno', random.int(1_000_000, 99_999_999)],
    ['msg', `applications3: ${name}`],
    ['crscore', 30],
    ['craction', 8192],
    ['crlevel', 'high'],
  ]);
}

/** A knock at a closed port, from inside or from outside. */
export interface Knock {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly inward: boolean;
}

export function deniedRecord(
  write: WriteForti,
  random: Random,
  sessionId: number,
  { from, to, port, inward }: Knock,
  now: Micros,
): string {
  return write(now, inward ? '0001000014' : '0000000013', inward ? 'traffic/local' : 'traffic/forward', 'notice', [
    ['srcip', from, 'bare'],
    ['srcport', random.int(1024, 65_535)],
    ['srcintf', inward ? 'wan1' : 'lan'],
    ['srcintfrole', inward ? 'wan' : 'lan'],
    ['dstip', to, 'bare'],
    ['dstport', port],
    ['dstintf', inward ? 'root' : 'dmz'],
    ['dstintfrole', inward ? 'undefined' : 'dmz'],
    ['srccountry', inward ? 'United States' : 'Reserved'],
    ['dstcountry', inward ? 'Turkey' : 'Reserved'],
    ['sessionid', sessionId],
    ['proto', 6],
    ['action', 'deny'],
    ['policyid', 0],
    ['policytype', inward ? 'local-in-policy' : 'policy'],
    ['service', `tcp/${port}`],
    ['trandisp', 'noop'],
    ['app', `tcp/${port}`],
    ['duration', 0],
    ['sentbyte', 0],
    ['rcvdbyte', 0],
    ['sentpkt', 0],
    ['rcvdpkt', 0],
    ['crscore', 30],
    ['craction', 131_072],
    ['crlevel', 'high'],
  ]);
}

export function userLoginRecord(write: WriteForti, random: Random, host: Host, now: Micros): string {
  const good = random.chance(0.85);
  return write(now, good ? '0102043008' : '0102043009', 'event/user', 'notice', [
    ['logdesc', good ? 'Authentication success' : 'Authentication failed'],
    ['srcip', host.address, 'bare'],
    ['dstip', '10.10.1.1', 'bare'],
    ['policyid', 12],
    ['interface', 'lan'],
    ['user', host.person.account],
    ['group', host.person.department],
    ['authproto', `HTTPS(${host.address})`],
    ['action', 'authentication'],
    ['status', good ? 'success' : 'failure'],
    ['reason', good ? 'N/A' : 'Wrong password'],
    ['msg', `User ${host.person.account} ${good ? 'succeeded' : 'failed'} in authentication`],
  ]);
}

export function adminLoginRecord(write: WriteForti, random: Random, wanAddress: string, now: Micros): string {
  const good = random.chance(0.7);
  const from = good ? '10.10.1.5' : anyAttacker(random);
  const user = good ? 'bt.yonetici' : random.pick(['admin', 'root', 'fortinet']);
  return write(now, good ? '0100032001' : '0100032002', 'event/system', good ? 'information' : 'alert', [
    ['logdesc', good ? 'Admin login successful' : 'Admin login failed'],
    ['sn', String(random.int(1_700_000_000, 1_799_999_999))],
    ['user', user],
    ['ui', `https(${from})`],
    ['method', 'https'],
    ['srcip', from, 'bare'],
    ['dstip', good ? '10.10.1.1' : wanAddress, 'bare'],
    ['action', 'login'],
    ['status', good ? 'success' : 'failed'],
    ['reason', good ? 'none' : 'name_invalid'],
    ['profile', good ? 'super_admin' : 'none'],
    ['msg', `Administrator ${user} ${good ? 'logged in successfully' : 'login failed'} from https(${from})`],
  ]);
}
