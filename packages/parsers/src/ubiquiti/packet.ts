import type { EventDraft } from '../event/draft.ts';
import { findPacket, readPacketMessage } from '../netfilter/message.ts';
import { relayedHeader } from '../syslog/relayed.ts';

/**
 * Rule sets that UniFi and EdgeOS have, by their prefix: `[WAN_LOCAL-default-D]`, `[LAN_IN-2001-A]`, and from UniFi
 * Network 8 on `[WAN_LOCAL-D-2147483647]`, `[CUSTOM1_CUSTOM2-A-10001]`.
 */
const PREFIX =
  /^\[((?:UBIOS|WAN|LAN|GUEST|DMZ|VPN|LOCAL|EXTERNAL|CUSTOM\d{0,2}|PREROUTING|POSTROUTING)(?:v6)?[A-Z\d_]{0,40})-(?:(\d{1,10}|default)-([ADR]|RET)|([ADR]|RET)-(\d{1,10}))\]/;
const ACTIONS: Readonly<Record<string, readonly [action: string, type: string]>> = {
  A: ['accept', 'allowed'],
  D: ['drop', 'denied'],
  R: ['reject', 'denied'],
  // Out of the chain of the network's rules: accepted there.
  RET: ['return', 'allowed'],
};
const MAX_PREFIX = 300;
const DESCRIPTION = ' DESCR="';
/** The kernel's clock, and its name where the syslog header doesn't take it for the program. */
const KERNEL = /^(?:(?:[\w.-]{1,64} )?kernel: )?(?:\[ {0,8}\d{1,10}\.\d{1,9}\] ?)?/;

function prefixOf(text: string, from: number): RegExpExecArray | null {
  const at = relayedHeader(text, from)?.end ?? from;
  const head = text.slice(at, at + 200);
  return PREFIX.exec(head.slice(KERNEL.exec(head)?.[0].length ?? 0));
}

/** Is there a packet with a rule set of UniFi's or EdgeOS' before it? */
export function isUbiquitiPacket(text: string, at: number): boolean {
  return (
    findPacket(text, at) >= 0 && (prefixOf(text, at) !== null || text.slice(at, at + MAX_PREFIX).includes(DESCRIPTION))
  );
}

/** A packet: netfilter's fields, the rule from the prefix, and its description. */
export function readUbiquitiPacket(text: string, at: number, tag: string | undefined, draft: EventDraft): boolean {
  if (!readPacketMessage(text, at, tag, draft)) return false;
  const prefix = prefixOf(text, at);
  if (!prefix) return true;
  draft.text('observer.name', relayedHeader(text, at)?.name);
  const { event } = draft;
  const [action, type] = ACTIONS[(prefix[3] ?? prefix[4]) as string] ?? ['log', 'info'];
  event['event.action'] = action;
  event['event.type'] = type;
  draft.text('rule.ruleset', prefix[1]);
  draft.text('rule.id', prefix[2] ?? prefix[5]);
  draft.text('rule.name', descriptionOf(text, at) ?? (prefix[0] as string).slice(1, -1));
  return true;
}

/** ` DESCR="…"` stands between prefix and packet. */
function descriptionOf(text: string, at: number): string | undefined {
  const from = text.slice(at, at + MAX_PREFIX).indexOf(DESCRIPTION);
  const start = at + from + DESCRIPTION.length;
  const end = from < 0 ? -1 : text.indexOf('"', start);
  const description = end < 0 ? '' : text.slice(start, end);
  return description === '' || description === 'no rule description' ? undefined : description;
}
