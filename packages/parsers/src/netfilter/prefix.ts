import type { EventDraft } from '../event/draft.ts';

const DENIES = new Set([
  ...['drop', 'dropped', 'deny', 'denied', 'reject', 'rejected', 'block', 'blocked'],
  ...['discard', 'discarded', 'refused', 'prohibited'],
]);
const ALLOWS = new Set(['accept', 'accepted', 'allow', 'allowed', 'pass', 'passed', 'permit', 'permitted']);
/** Prefixes are short, so words are as well. */
const SHORT: Readonly<Record<string, string>> = {
  acc: 'accept',
  blk: 'block',
  dny: 'deny',
  drp: 'drop',
  rej: 'reject',
};
/** What a rule that neither drops nor accepts does. */
const OTHERS = new Set(['audit', 'limit', 'dnat', 'snat', 'masquerade', 'redirect', 'log', 'return']);

/** `WAN_IN-3001-A`, `ipv4-NAM-WAN-default-D` (EdgeOS, UniFi, VyOS): rule set, rule, action. */
const LETTERED = /^\[([^\]]{1,128})-(\d{1,10}|default)-([ADR])\]$/;
const LETTERS: Readonly<Record<string, string>> = { A: 'accept', D: 'drop', R: 'reject' };
/** `Shorewall:net2fw:DROP:`, `Shorewall6:net-fw:REJECT:` */
const SHOREWALL = /^Shorewall6?:([^:]{1,64}):(\w{1,32}):?$/;

/**
 * What the administrator, or a firewall's tool, wrote before the packet. netfilter itself logs no verdict: it is known
 * only from here. Sets action, type and rule; without a verdict the action is `log`.
 */
export function readPrefix(prefix: string, draft: EventDraft): void {
  const { event } = draft;
  event['event.category'] = 'network';
  event['event.type'] = 'info';
  event['event.action'] = 'log';
  const lettered = LETTERED.exec(prefix);
  const shorewall = lettered ? undefined : SHOREWALL.exec(prefix);
  if (lettered) {
    draft.text('rule.ruleset', lettered[1]);
    draft.text('rule.id', lettered[2]);
  } else if (shorewall) draft.text('rule.ruleset', shorewall[1]);
  draft.text('rule.name', withoutEnds(prefix));
  const verdict = lettered ? LETTERS[lettered[3] as string] : lastVerdict(prefix.toLowerCase());
  if (verdict === undefined) return;
  event['event.action'] = verdict;
  if (DENIES.has(verdict)) event['event.type'] = 'denied';
  else if (ALLOWS.has(verdict)) event['event.type'] = 'allowed';
}

/** `[UFW BLOCK]` → `UFW BLOCK`, `DROP-WAN: ` → `DROP-WAN`, `"X_DROP: "` (firewalld on nftables) → `X_DROP` */
function withoutEnds(prefix: string): string {
  let from = 0;
  let to = prefix.length;
  while (to > from && ':,-" '.includes(prefix[to - 1] as string)) to--;
  if (prefix[from] === '"') from++;
  if (prefix[from] === '[' && prefix[to - 1] === ']' && prefix.indexOf(']') === to - 1) {
    from++;
    to--;
  }
  return prefix.slice(from, to);
}

/**
 * The last word that is a verdict (`STATE_INVALID_DROP`, `Shorewall:allowed:DROP`): chains' names stand before it.
 * A verdict wins over other words, so `UFW LIMIT BLOCK` is a block.
 */
function lastVerdict(prefix: string): string | undefined {
  let found: string | undefined;
  let other: string | undefined;
  for (const written of prefix.split(/[^a-z]/, 64)) {
    const word = Object.hasOwn(SHORT, written) ? (SHORT[written] as string) : written;
    if (DENIES.has(word) || ALLOWS.has(word)) found = word;
    else if (OTHERS.has(word)) other = word;
  }
  return found ?? other;
}
