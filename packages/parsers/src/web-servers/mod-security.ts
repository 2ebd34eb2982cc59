import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

const NAME = 'ModSecurity:';
/** `ModSecurity: Access denied with code 403 (phase 2). …`, `ModSecurity: Warning. …`; older: behind the tags. */
const VERDICT = /[:\]] {1,2}(Access denied|Access allowed|Warning)(?: with (code \d{3}|redirection|connection close))?/;
/** Its tags behind what was matched: `[id "949110"] [msg "…"]`; quotes in values are escaped. */
const TAG = /\[(id|msg|severity|hostname|uri|unique_id|file|tag|ver|data) "((?:[^"\\]|\\.){0,1024})"\]/g;
const CODE = /^code (\d{3})$/;
/** Tags of one record. */
const MAX_TAGS = 64;

/** OWASP ModSecurity's line in the error log of Apache or nginx (msc_logging.c, "Audit Log Format"). */
export function readModSecurity(said: string, draft: EventDraft): boolean {
  const name = said.indexOf(NAME);
  if (name < 0) return false;
  const m = VERDICT.exec(said.slice(name));
  const word = m?.[1] ?? 'warning';
  setKind(draft, 'intrusion_detection', word === 'Access denied' ? 'denied' : 'allowed', word);
  draft.text('event.reason', m?.[2]);
  draft.long('http.response.status_code', CODE.exec(m?.[2] ?? '')?.[1]);
  draft.text('observer.product', 'ModSecurity');
  const tags: string[] = [];
  let count = 0;
  for (const [, name = '', value = ''] of said.matchAll(TAG)) {
    if (count++ === MAX_TAGS) break;
    if (name === 'tag') tags.push(value);
    else setTag(draft, name, value);
  }
  draft.label('tags', tags.join(', '));
  return true;
}

function setTag(draft: EventDraft, name: string, value: string): void {
  if (name === 'id') draft.text('rule.id', value);
  else if (name === 'msg') draft.text('rule.name', value);
  else if (name === 'hostname') setHost(draft, value);
  else if (name === 'uri') setPath(draft, value);
  else if (name !== 'file') draft.label(name, value);
  else draft.text('rule.ruleset', value.slice(value.lastIndexOf('/') + 1));
}

/** nginx' own tail says more: it stays. */
function setHost(draft: EventDraft, value: string): void {
  if (!draft.has('url.domain')) draft.text('url.domain', value.toLowerCase());
}

function setPath(draft: EventDraft, value: string): void {
  if (draft.has('url.original')) return;
  draft.text('url.original', value);
  draft.text('url.path', value.split('?', 1)[0]);
}
