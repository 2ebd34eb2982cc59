/** RouterOS topics before the message: `firewall,info`, `hotspot,account,info,debug`. */
const TOPICS = /([a-z0-9-]{2,24}(?:,!?[a-z0-9-]{2,24}){1,6}):? /y;

/** Feature topics (RouterOS documentation, "Log", "Topics"); each message has at least one. */
const KNOWN = new Set(
  (
    'account acme-client async backup bfd bgp bridge calc caps certificate clock container ddns dhcp discover disk dns ' +
    'dot1x dude e-mail event evpn fetch firewall gps gsm health hotspot igmp-proxy interface ipsec iscsi isdn isis kvm ' +
    'l2tp ldp lora lte manager mme mpls mqtt mvrp natpmp netwatch ntp ospf ovpn pim poe-in poe-out pon ppp pppoe pptp ' +
    'ptp queue radius radvd rip route rpki rproxy script sertcp smb snmp socksify ssh ssld sstp store stp system telephony ' +
    'tftp timer tr069 update upnp ups vpls vrrp watchdog web-proxy wifi wireguard wireless zerotier'
  ).split(' '),
);

export interface Topics {
  readonly names: readonly string[];
  /** Position after the topics. */
  readonly end: number;
}

/** `jan/02/1970 02:00:09 `, `sep/15 09:54:33 `, `20:20:36 `: lines of files and of `/log print`. */
const FILE_TIME = /(?:([A-Za-z]{3})\/(\d{2})(?:\/(\d{4}))? )?(\d{2}:\d{2}:\d{2}) (?:memory |disk )?/y;

/** A file's time in the form that syslog has, where it has a date, and the position behind it. */
export function readFileTime(text: string, at: number): { written: string | undefined; end: number } | undefined {
  FILE_TIME.lastIndex = at;
  const m = FILE_TIME.exec(text);
  if (!m) return undefined;
  const [, month, day, year, clock] = m;
  const date = month === undefined ? undefined : `${month} ${day}${year === undefined ? '' : ` ${year}`}`;
  return { written: date && `${date} ${clock}`, end: FILE_TIME.lastIndex };
}

/** Topics at `at`; undefined when there are none that RouterOS has. */
export function readTopics(text: string, at: number): Topics | undefined {
  TOPICS.lastIndex = at;
  const names = TOPICS.exec(text)?.[1]?.split(',');
  return names && areTopics(names) ? { names, end: TOPICS.lastIndex } : undefined;
}

/** An identity of several words, or one that a relay put behind the host's name: words without commas. */
const WORD = /[^ ,[\]{}"=]{0,48} {1,4}/y;
const MAX_WORDS = 4;

/** The gravest first. With one of these among them, topics are told from a sentence's words. */
export const LEVELS = ['critical', 'error', 'warning', 'info', 'debug'];

/** Topics behind words that are none: `office gw firewall,info forward: …`, `gw : firewall,info …`. */
export function findTopics(text: string, at: number): Topics | undefined {
  let from = at;
  for (let count = 0; count < MAX_WORDS; count++) {
    WORD.lastIndex = from;
    if (!WORD.test(text)) return undefined;
    from = WORD.lastIndex;
    const topics = readTopics(text, from);
    if (topics) return topics.names.some((name) => LEVELS.includes(name)) ? topics : undefined;
  }
  return undefined;
}

/** Would `readTopics` find some? */
export function hasTopics(text: string, at: number): boolean {
  TOPICS.lastIndex = at;
  if (!TOPICS.test(text)) return false;
  const end = TOPICS.lastIndex - (text[TOPICS.lastIndex - 2] === ':' ? 2 : 1);
  for (let from = at; from < end; ) {
    const comma = text.indexOf(',', from);
    const to = comma < 0 || comma > end ? end : comma;
    if (KNOWN.has(text.slice(from, to))) return true;
    from = to + 1;
  }
  return false;
}

/** Topics that stand where a tag does: `firewall,info`. */
export function topicsOfTag(tag: string | undefined): readonly string[] | undefined {
  const names = tag?.includes(',') ? tag.split(',') : undefined;
  return names && areTopics(names) ? names : undefined;
}

function areTopics(names: readonly string[]): boolean {
  return names.some((name) => KNOWN.has(name));
}
