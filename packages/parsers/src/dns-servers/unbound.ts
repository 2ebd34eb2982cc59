import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import type { VendorTime } from '../vendor.ts';
import { setQuestion } from './question.ts';

/** `[26931:0] info: `; in unbound's own file `[1795452991] unbound[812:0] info: `, with `log-time-ascii` only its name. */
const HEAD = /^(?:(?:(?:\[(\d{9,11})\] )?unbound)?\[\d{1,10}:[\da-f]{1,4}\] )?(\w{3,8}): /;
const LEVELS = new Set(['error', 'warning', 'notice', 'info', 'debug']);

/**
 * unbound(8): `10.0.0.5 example.com. A IN` (log-queries), with `NOERROR 0.000123 1 73` behind it (log-replies: code,
 * seconds, from cache, bytes), `example.com. always_nxdomain 10.0.0.5@5353 www.example.com. A IN` (log-local-actions).
 */
export function readUnbound(text: string, draft: EventDraft): VendorTime | undefined {
  const head = HEAD.exec(text);
  readLine(text.slice(head?.[0].length ?? 0), head?.[2] ?? '', draft);
  return head?.[1] === undefined ? undefined : { micros: Number(head[1]) * MICROS_PER_SECOND };
}

function readLine(text: string, level: string, draft: EventDraft): void {
  // `log-tag-queryreply` puts `query:` or `reply:` in the place of the level.
  const tagged = level === 'query' || level === 'reply' ? level : undefined;
  if (LEVELS.has(level)) draft.event['log.level'] = level === 'info' ? 'informational' : level;
  const words = text.split(' ', 12);
  if (canonicalIp(words[0] ?? '') !== undefined && words.length >= 4) {
    const [client, name, type, , code, seconds, cached, bytes] = words;
    setQuestion(draft, { action: tagged ?? (code === undefined ? 'query' : 'reply'), name, type, client, code });
    if (code === undefined) return;
    setSeconds(draft, seconds);
    draft.label('from_cache', cached);
    draft.long('network.bytes', bytes);
    return;
  }
  // The root zone's name is empty.
  const [zone, action = '', asker = '', name, type] = words[1]?.includes('@') ? ['.', ...words] : words;
  const at = asker.lastIndexOf('@');
  if (at < 0 || canonicalIp(asker.slice(0, at)) === undefined || name === undefined) return;
  setQuestion(draft, { action, name, type, client: asker.slice(0, at), clientPort: asker.slice(at + 1) });
  if (/^(?:always_|deny|refuse|inform_deny|nodata|block)/.test(action)) draft.event['event.type'] = 'denied';
  draft.text('rule.name', zone);
}

function setSeconds(draft: EventDraft, seconds: string | undefined): void {
  if (seconds !== undefined && /^\d{1,6}\.\d{1,6}$/.test(seconds)) draft.duration(Math.round(Number(seconds) * 1e9));
}
