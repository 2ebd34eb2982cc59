import { canonicalIp } from '../values/ip.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const MAC = /(?:^|[\s=,[(])([\da-fA-F]{2}(?:[:-][\da-fA-F]{2}){5})(?![\da-fA-F:-])/;
const WORD = /[\s=,[(]([\da-fA-F.:]{7,45})(?=[\s,;\])/]|$)/g;
/** Addresses in one record: client, server, relay. */
const MAX_WORDS = 16;
const LEASE_WORDS: readonly (readonly [tag: RegExp, action: string])[] = [
  [/GET_BOUND|BOUND|GRANT|ASSIGN|ALLOC|RENEW|REBIND|ACK$/, 'assigned'],
  [/RELEASE/, 'released'],
  [/TIMEOUT|EXPIRE/, 'expired'],
  [/DECLINE/, 'declined'],
];

/** What a tag of the DHCP services says about a lease; undefined when it promises and ends none. */
export function leaseAction(tag: string): string | undefined {
  return LEASE_WORDS.find(([mark]) => mark.test(tag))?.[1];
}

/** jdhcpd: `DH_SVC_V4_SERVER_GET_BOUND: client …, irb.20, MAC 00:…, IP 10.20.0.31`: the first MAC, the first address. */
export function readLease(text: string) {
  const said = ` ${text.slice(0, 512)}`;
  const words = Array.from(said.matchAll(WORD), (m) => (m[1] as string).replace(/\.$/, '')).slice(0, MAX_WORDS);
  const mac = MAC.exec(said)?.[1];
  return [
    ['mac-address', mac],
    ['source-address', words.find((word) => word !== mac && canonicalIp(word) !== undefined)],
    ['interface-name', /\b((?:ge|xe|et|irb|reth|vlan|ae|fe)[-.]?[\d/]{1,12}(?:\.\d{1,10})?)\b/.exec(said)?.[1]],
    ['hostname', /\bhost ?name[ :=]{1,3}([\w.-]{1,128})/i.exec(said)?.[1]],
  ] as const;
}

const BLOCK = new RegExp(
  String.raw`^Subscriber (${ADDRESS}) used/maximum \[(\d{1,6})/(\d{1,6})\] blocks?, \w{1,32} port block \[(\d{1,5})-(\d{1,5})\] (?:from|to|in) (${ADDRESS}) in source pool (\S{1,64})`,
);
const SERVICES_BLOCK = new RegExp(String.raw`^(?:\S{1,64}: )?(${ADDRESS}) -> (${ADDRESS}?):(\d{1,5})-(\d{1,5})\b`);

/**
 * Port blocks: `Subscriber 10.0.0.5 used/maximum [1/4] blocks, allocates port block [1024-1151] from 203.0.113.5 in source
 * pool p lsys_id: 0`, and of services cards `10.0.0.5 -> 203.0.113.5:1024-1151 0x54a3`.
 */
export function readPortBlock(text: string) {
  const m = BLOCK.exec(text);
  if (m) {
    return [
      ['internal-ip', m[1]],
      ['block-used', m[2]],
      ['block-max-per-host', m[3]],
      ['block-port-low', m[4]],
      ['block-port-high', m[5]],
      ['reflexive-ip', m[6]],
      ['nat-pool-name', m[7]],
    ] as const;
  }
  const block = SERVICES_BLOCK.exec(text);
  if (!block) return undefined;
  return [
    ['internal-ip', block[1]],
    ['reflexive-ip', block[2]],
    ['block-port-low', block[3]],
    ['block-port-high', block[4]],
  ] as const;
}

const SESSION = new RegExp(
  String.raw`^(?:application:(\S{1,64}?),? ?)?(?:(\S{1,64}) )?(${ADDRESS}?):(\d{1,5}) (?:\[(${ADDRESS}?):(\d{1,5})\] )?-> (?:\[(${ADDRESS}?):(\d{1,5})\] )?(${ADDRESS}?):(\d{1,5}) \((\w{1,16})\)`,
);

/** Services cards: `application:none, ge-0/0/1.0 10.0.0.5:4562 [203.0.113.5:1024] -> 192.0.2.80:80 (TCP)` */
export function readServicesSession(text: string) {
  const m = SESSION.exec(text);
  if (!m) return undefined;
  return [
    ['application', m[1]],
    ['interface-name', m[2]],
    ['source-address', m[3]],
    ['source-port', m[4]],
    ['nat-source-address', m[5]],
    ['nat-source-port', m[6]],
    ['nat-destination-address', m[7]],
    ['nat-destination-port', m[8]],
    ['destination-address', m[9]],
    ['destination-port', m[10]],
    ['protocol-name', m[11]],
  ] as const;
}
