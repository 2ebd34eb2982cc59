import type { VendorInput } from '../vendor.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const FILTER = new RegExp(
  String.raw`^(?:FW: )?(\S{1,32}) +([ADR]) +(\w{1,16}) +(${ADDRESS}) +(${ADDRESS}) +(\d{1,5}) +(\d{1,5})`,
);
const FILTER_ACTIONS: Readonly<Record<string, string>> = { A: 'accept', D: 'discard', R: 'reject' };
const TUNNEL = /^(?:IKE|IPSec|IKEv2) (?:negotiation|SA|rekey)|^(?:KMD|IKED)_/i;

/** Text without a tag that Junos' daemons write: the kind of tag it would have had. */
export function impliedTag({ text, messageAt, header }: VendorInput): string {
  const head = text.slice(messageAt, messageAt + 200);
  if (head.startsWith('FW: ') && FILTER.test(head)) return 'PFE_FW_SYSLOG';
  return (header.appname === 'kmd' || header.appname === 'iked') && TUNNEL.test(head) ? 'KMD_' : '';
}

const HAS_PORTS = /^(?:tcp|udp|sctp|dccp|6|17|132)$/i;
const IS_ICMP = /^(?:icmp6?|icmpv6|1|58)$/i;

/** Firewall filters: `FW: ge-0/0/1.0 D tcp a b 40001 22 (1 packets)`; ICMP's type and code stand in the ports' places. */
export function readFilter(text: string) {
  const m = FILTER.exec(text);
  if (!m) return undefined;
  const protocol = m[3] as string;
  const [first, second] = HAS_PORTS.test(protocol) ? ['source-port', 'destination-port'] : ['icmp-type', 'icmp-code'];
  const hasNumbers = first === 'source-port' || IS_ICMP.test(protocol);
  return [
    ['interface-name', m[1]],
    ['action', FILTER_ACTIONS[m[2] as string]],
    ['protocol-name', protocol],
    ['source-address', m[4]],
    ['destination-address', m[5]],
    [first, hasNumbers ? m[6] : undefined],
    [second, hasNumbers ? m[7] : undefined],
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

const STATION =
  /\bUser (\S{1,128}) .{0,64}?MacAddress ([\da-fA-F]{2}(?::[\da-fA-F]{2}){5})(?: interface (\S{1,64}))?(?: vlan (\S{1,64}))?/;
const digitsOf = (text: string) => text.replace(/[^\da-fA-F]/g, '').toLowerCase();

/** dot1xd: `Dot1x User ayse logged in MacAddress 00:00:5e:00:53:01 interface ge-0/0/8.0 vlan ofis`; without a person the name is the MAC. */
export function readStation(text: string) {
  const m = STATION.exec(text.slice(0, 512));
  if (!m) return undefined;
  const [, user = '', mac = '', port, vlan] = m;
  return [
    ['username', user.replace(/[:.-]/g, '').toLowerCase() === digitsOf(mac) ? undefined : user],
    ['mac-address', mac],
    ['interface-name', port],
    ['vlan', vlan === '(null)' ? undefined : vlan],
  ] as const;
}
