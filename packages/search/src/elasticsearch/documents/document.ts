import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, type FieldName, isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import { messageStart } from '@logmaster/core/event/message-place';
import { fold } from '../../query/fold.ts';
import { isTooLong, TAIL, term } from './index-fields.ts';
import { acrossBorder, type Words, wordsOf } from './joined-words.ts';
import { labelName } from './label-names.ts';

/**
 * Parts of the message that stand behind the head of a raw text in its words: phrases across the border with up to so
 * many parts are found there.
 */
export const PARTS_ACROSS = 8;

/** What is indexed beside the event (docs/formats/index.md § Elasticsearch). */
interface SearchPart {
  words?: { message?: string; original?: string };
  readonly folded: Record<string, string>;
  labels?: string[];
  has?: string[];
  cut?: string[];
}

function unfit(event: FlatEvent, name: string): AppError {
  const id = event['logmaster.record.id'];
  return new AppError('INVALID_INPUT', { detail: `the value of ${name} in record ${id} does not fit its type` });
}

/** One event as the JSON document that is indexed. Throws INVALID_INPUT for a value that does not fit its field. */
export function encodeDocument(event: FlatEvent): string {
  const document: Record<string, unknown> = {};
  const search: SearchPart = { folded: {} };
  for (const name in event) {
    const value = event[name as keyof FlatEvent];
    if (value === undefined || value === null || !isFieldName(name)) continue;
    document[name] = addField(event, name, value, search);
  }
  addTexts(document, search);
  if (event.labels) addLabels(event.labels, document, search);
  document.search = search;
  return JSON.stringify(document);
}

function mark(list: string[] | undefined, name: string): string[] {
  if (!list) return [name];
  list.push(name);
  return list;
}

function addField(event: FlatEvent, name: FieldName, value: unknown, search: SearchPart): string | number {
  const { type } = EVENT_FIELDS[name];
  if (type === 'date' || type === 'long') {
    if (!Number.isSafeInteger(value)) throw unfit(event, name);
    return value as number;
  }
  if (typeof value !== 'string') throw unfit(event, name);
  const text = value.toWellFormed();
  if (type === 'text') return text;
  const folded = fold(text);
  const tooLong = isTooLong(text) || isTooLong(folded);
  if (tooLong) search.cut = mark(search.cut, name);
  if (tooLong || folded !== text) search.folded[name] = term(folded);
  return text;
}

const joined = (tokens: readonly string[]) => (tokens.length === 0 ? {} : { original: tokens.join(' ') });

/** Words of the texts; a message that ends the raw text is kept and cut once. */
function addTexts(document: Record<string, unknown>, search: SearchPart): void {
  const message = document.message as string | undefined;
  const original = document['event.original'] as string | undefined;
  const own = message === undefined ? undefined : wordsOf(message);
  const start = messageStart(message, original);
  if (own?.tokens.length) search.words = { message: own.tokens.join(' ') };
  if (own) search.has = ['message'];
  if (own?.cut) search.cut = mark(search.cut, 'message');
  if (original === undefined) return;
  search.has = mark(search.has, 'event.original');
  let raw: Words | undefined;
  if (own && start !== undefined) {
    delete document.message;
    document.message_start = start;
    search.has.push(TAIL);
    raw = wordsOf(original.slice(0, start));
    search.words = { ...search.words, ...joined(acrossBorder(raw, own, 2 * PARTS_ACROSS - 1)) };
  } else {
    raw = wordsOf(original);
    search.words = { ...search.words, ...joined(raw.tokens) };
  }
  if (raw.cut || (start !== undefined && own?.cut)) search.cut = mark(search.cut, 'event.original');
}

/** A label of any kind: too long to be a key or a term, it is kept in a list. */
function addLabels(labels: Readonly<Record<string, string>>, document: Record<string, unknown>, search: SearchPart) {
  // without a prototype: a label may be called like one of its members
  const plain: Record<string, string> = Object.create(null);
  const long: { key: string; value: string }[] = [];
  search.labels = [];
  for (const [rawKey, rawValue] of Object.entries(labels)) {
    const [key, value] = [rawKey.toWellFormed(), String(rawValue).toWellFormed()];
    const name = labelName(key);
    const folded = `${name}=${fold(value)}`;
    search.has = mark(search.has, LABEL_PREFIX + name);
    search.labels.push(isTooLong(folded) ? `${name}=${term(folded)}` : folded);
    if (name.startsWith('#') || isTooLong(folded) || isTooLong(value)) {
      long.push({ key, value });
      search.cut = mark(search.cut, LABEL_PREFIX + name);
    } else plain[name] = value;
  }
  document.labels = plain;
  if (long.length > 0) document.long_labels = long;
}
