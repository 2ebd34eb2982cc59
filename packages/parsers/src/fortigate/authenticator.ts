import type { EventDraft } from '../event/draft.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { FortigateRecord } from './record.ts';

/** Nobody else writes these three together. */
const START = / ?category="[^"]{1,32}" subcategory="[^"]{1,32}" typeid=\d/y;
/** Behind the pairs stands a sentence: from the last quote on. */
const FROM = /\bfrom \(?([\da-fA-F.:]{2,45}[\da-fA-F])/;

/** `category="Event" subcategory="Authentication" typeid=20001 level="information" user="…" nas="…" action="…" status="…" text` */
export function isAuthenticator(text: string, at: number): boolean {
  START.lastIndex = at;
  return START.test(text);
}

/** Into the record of the other forms, under their names. */
export function readAuthenticator(text: string, at: number, record: FortigateRecord, draft: EventDraft): void {
  record.pair('type', 'event');
  const end = text.lastIndexOf('" ') + 1;
  const said = end > at ? text.slice(end).trim() : '';
  readPairs(end > at ? text.slice(0, end) : text, at, (key, value, unclosed) => {
    if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
    if (value === '') return;
    if (key === 'subcategory') record.pair('subtype', value);
    else record.pair(key === 'typeid' ? 'logid' : key, value);
  });
  record.pair('msg', said);
  if (draft.event['source.ip'] === undefined) draft.ip('source.ip', FROM.exec(said.slice(0, 512))?.[1]);
}
