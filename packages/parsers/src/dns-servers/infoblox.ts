import type { EventDraft } from '../event/draft.ts';
import { setQuestion } from './question.ts';

/**
 * `UDP: query: example.com IN A response: NOERROR +A example.com. 300 IN A 203.0.113.80;` behind BIND's client: question
 * and answer in one line (Infoblox NIOS Administrator Guide, "Capturing DNS Queries and Responses").
 */
const LINE =
  /^(UDP|TCP): query: ([^ ]{1,300}) ([A-Z]{2,8}) ([A-Z][A-Z\d-]{0,15}) response: ([A-Z]{4,9}) ?([+-][A-Za-z]{0,12}|[A-Z]{1,6})?(?: (.{1,2048}))?/;

export function readInfoblox(
  rest: string,
  sender: { readonly client: string | undefined; readonly clientPort: string | undefined },
  draft: EventDraft,
): boolean {
  const m = LINE.exec(rest);
  if (!m) return false;
  const [, transport, name, kind, type, code, flags, answer] = m;
  setQuestion(draft, { action: 'response', name, type, code, answer: answer?.trim(), ...sender });
  draft.transport(transport);
  if (kind !== 'IN') draft.label('dns_class', kind);
  draft.label('flags', flags);
  return true;
}
