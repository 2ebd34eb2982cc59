/** IANA protocol numbers firewalls log, by the keyword ECS wants in `network.transport`. */
const KEYWORDS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '2': 'igmp',
  '4': 'ipv4',
  '6': 'tcp',
  '17': 'udp',
  '41': 'ipv6',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '88': 'eigrp',
  '89': 'ospf',
  '103': 'pim',
  '112': 'vrrp',
  '132': 'sctp',
};
const NUMBERS = new Map(Object.entries(KEYWORDS).map(([number, keyword]) => [keyword, number]));
const ALIASES: Readonly<Record<string, string>> = { icmpv6: 'ipv6-icmp', icmp6: 'ipv6-icmp', ipsec: 'esp' };

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
