import type { EventDraft } from '../event/draft.ts';
import { objectOf, readJsonObject, textOf } from '../json-object/json-object.ts';
import { exactMicros } from '../time/exact-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setQuestion } from './question.ts';

/** The name of a question stands among the first members; older releases begin with the client's address. */
const MARK_WITHIN = 200;

export function isAdGuard(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x7b) return false;
  const mark = text.indexOf('"QH":"', at);
  return mark >= 0 && mark < at + MARK_WITHIN && text.slice(at, at + MARK_WITHIN).includes('"T":"');
}

/**
 * A line of AdGuard Home's query log (internal/querylog/entry.go): `{"T":"2026-11-23T19:56:31+03:00","QH":"example.com",
 * "QT":"A","QC":"IN","CP":"","Answer":"…","IP":"10.0.0.5","Result":{"IsFiltered":true,"Reason":3,…},"Elapsed":123}`.
 */
export function readAdGuard(text: string, draft: EventDraft): VendorTime | undefined {
  const read = readJsonObject(text, 0);
  if (!read) {
    draft.fail('message', 'not a JSON object');
    return undefined;
  }
  if (read.cut) draft.fail('message', 'JSON cut');
  const { object } = read;
  const result = objectOf(object, 'Result');
  const filtered = textOf(result, 'IsFiltered') === 'true';
  setQuestion(draft, {
    action: filtered ? 'blocked' : 'query',
    name: textOf(object, 'QH'),
    type: textOf(object, 'QT'),
    client: textOf(object, 'IP'),
    code: codeOf(textOf(object, 'Answer')),
  });
  if (!filtered) draft.event['event.type'] = 'allowed';
  const rules: unknown = result.Rules;
  const first = objectOf({ rule: Array.isArray(rules) ? rules[0] : undefined }, 'rule');
  draft.text('rule.name', textOf(first, 'Text') ?? textOf(result, 'Rule'));
  draft.text('rule.id', textOf(first, 'FilterListID') ?? textOf(result, 'FilterID'));
  draft.label('reason', textOf(result, 'Reason'));
  draft.label('service', textOf(result, 'ServiceName'));
  draft.label('upstream', textOf(object, 'Upstream'));
  draft.label('client_protocol', textOf(object, 'CP'));
  draft.label('client_id', textOf(object, 'CID'));
  draft.label('cached', textOf(object, 'Cached'));
  const elapsed = textOf(object, 'Elapsed');
  if (elapsed !== undefined && /^\d{1,15}$/.test(elapsed)) draft.duration(Number(elapsed));
  const micros = exactMicros(textOf(object, 'T'));
  return micros === undefined ? undefined : { micros };
}

/** The answer is a DNS message in base64; its code is the low half of the fourth byte (RFC 1035 4.1.1). */
function codeOf(answer: string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  const head = Buffer.from(answer.slice(0, 16), 'base64');
  return head.length < 4 ? undefined : String((head[3] as number) & 15);
}
