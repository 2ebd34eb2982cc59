import type { VendorInput } from '../vendor.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const FILTER = new RegExp(
  String.raw`^(?:FW: )?(\S{1,32}) +([ADR]) +(\w{1,16}) (${ADDRESS}) (${ADDRESS}) +(\d{1,5}) +(\d{1,5})`,
);
const FILTER_ACTIONS: Readonly<Record<string, string>> = { A: 'accept', D: 'discard', R: 'reject' };
const TUNNEL = /^(?:IKE|IPSec|IKEv2) (?:negotiation|SA|rekey)|^(?:KMD|IKED)_/i;

/** Text without a tag that Junos' daemons write: the kind of tag it would have had. */
export function impliedTag({ text, messageAt, header }: VendorInput): string {
  const head = text.slice(messageAt, messageAt + 200);
  if (head.startsWith('FW: ') && FILTER.test(head)) return 'PFE_FW_SYSLOG';
  return (header.appname === 'kmd' || header.appname === 'iked') && TUNNEL.test(head) ? 'KMD_' : '';
}

/** Firewall filters: `FW: ge-0/0/1.0 D tcp a b 40001 22 (1 packets)` */
export function readFilter(text: string) {
  const m = FILTER.exec(text);
  if (!m) return undefined;
  return [
    ['interface-name', m[1]],
    ['action', FILTER_ACTIONS[m[2] as string]],
    ['protocol-name', m[3]],
    ['source-address', m[4]],
    ['destination-address', m[5]],
    ['source-port', m[6]],
    ['destination-port', m[7]],
  ] as const;
}

const LOCAL = new RegExp(String.raw`\bLocal(?: gateway|_gateway)?: ?(${ADDRESS})(?:/(\d{1,5}))?[, ]`);
const REMOTE = new RegExp(String.raw`\bRemote(?: gateway|_gateway)?: ?(${ADDRESS})(?:/(\d{1,5}))?[, ]`);
const ALARM = new RegExp(String.raw`^VPN (\S{1,64}) from (${ADDRESS}) is (up|down)[. ]`);
const LOCAL_IP = new RegExp(String.raw`\bLocal-ip: (${ADDRESS})[, ]`);

/**
 * kmd and iked: `IKE negotiation failed with error: Timed out. IKE Version: 1, VPN: v Gateway: g, Local: a/500,
 * Remote: b/500, …, Role: Initiator` and `Local gateway: a, Remote gateway: b, …, Direction: inbound, …`,
 * and alarms: `VPN v from b is up. Local-ip: a, gateway name: g, vpn name: v, tunnel-id: 131073, …`
 */
export function readTunnel(text: string) {
  const said = `${text.slice(0, 1024)} `;
  const alarm = ALARM.exec(said);
  if (alarm) {
    return [
      ['vpn-name', alarm[1]],
      ['source-address', alarm[2]],
      ['destination-address', LOCAL_IP.exec(said)?.[1]],
      ['action', alarm[3]],
      ['reason', /\bReason: ([^,]{1,128})/.exec(said)?.[1]?.trim()],
    ] as const;
  }
  const local = LOCAL.exec(said);
  const remote = REMOTE.exec(said);
  if (!local && !remote) return undefined;
  // Who began it is the source.
  const [from, to] = /Role: Responder|Direction: inbound/.test(said) ? [remote, local] : [local, remote];
  return [
    ['source-address', from?.[1]],
    ['source-port', from?.[2]],
    ['destination-address', to?.[1]],
    ['destination-port', to?.[2]],
    ['reason', /failed with error: ([^.]{1,128})\./.exec(said)?.[1]],
    ['vpn-name', /\bVPN: ([^\s,]{1,64})/.exec(said)?.[1]],
    ['gateway-name', /\bGateway: ([^\s,]{1,64})/.exec(said)?.[1]],
  ] as const;
}
