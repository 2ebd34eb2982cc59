/** IANA protocol numbers firewalls log, by the keyword ECS wants in `network.transport`. */
const KEYWORDS: Readonly<Record<string, string>> = {
  '0': 'hopopt',
  '1': 'icmp',
  '2': 'igmp',
  '3': 'ggp',
  '4': 'ipv4',
  '6': 'tcp',
  '8': 'egp',
  '9': 'igp',
  '17': 'udp',
  '33': 'dccp',
  '41': 'ipv6',
  '43': 'ipv6-route',
  '44': 'ipv6-frag',
  '46': 'rsvp',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '55': 'min-ipv4',
  '58': 'ipv6-icmp',
  '59': 'ipv6-nonxt',
  '60': 'ipv6-opts',
  '88': 'eigrp',
  '89': 'ospf',
  '94': 'ipip',
  '97': 'etherip',
  '103': 'pim',
  '108': 'ipcomp',
  '112': 'vrrp',
  '115': 'l2tp',
  '132': 'sctp',
  '136': 'udplite',
};
const NUMBERS = new Map(Object.entries(KEYWORDS).map(([number, keyword]) => [keyword, number]));
const ALIASES: Readonly<Record<string, string>> = {
  icmpv6: 'ipv6-icmp',
  icmp6: 'ipv6-icmp',
  ipsec: 'esp',
  ospfigp: 'ospf',
  igrp: 'igp',
  ipinip: 'ipv4',
  nos: 'ipip',
  pcp: 'ipcomp',
};

export interface TransportName {
  readonly keyword: string | undefined;
  readonly number: string | undefined;
}

/** `6`, `TCP` or `icmpv6` → keyword and number, as far as they are known. */
export function readTransport(text: string): TransportName {
  if (/^\d{1,3}$/.test(text)) {
    const number = String(Number(text));
    return Number(number) > 255 ? { keyword: undefined, number: undefined } : { keyword: KEYWORDS[number], number };
  }
  const word = text.toLowerCase();
  const keyword = Object.hasOwn(ALIASES, word) ? ALIASES[word] : word;
  const number = NUMBERS.get(keyword as string);
  return { keyword: number === undefined ? undefined : keyword, number };
}
