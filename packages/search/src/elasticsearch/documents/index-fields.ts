import { type FieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import { fieldType } from '../../query/values.ts';
import type { SearchField } from '../../store.ts';
import { labelName } from './label-names.ts';
import { standIn } from './stand-in.ts';

/**
 * How an event's fields stand in an index (docs/formats/index.md § Elasticsearch). The event itself is at the root, under
 * its own names, and is all that `_source` keeps; `search.*` is made from it and only indexed.
 */
export type TextField = 'message' | 'event.original';

/** Longest value that is a term, UTF-16 units: at most 24 573 bytes, under Lucene's limit of 32 766 for a term. */
export const LONGEST_VALUE = 8191;

/** Label name → value, for grouping, and what the event shows. */
export const LABELS = 'labels';
/** `name=folded value` of every label, for matching. */
export const FOLDED_LABELS = 'search.labels';
/** Text fields and labels that the event has. */
export const HAS = 'search.has';
/** In HAS where the message is the end of the raw text: the words of the raw text then end with the message's. */
export const TAIL = 'tail';
/** Fields of which something is too long to be a term as it is. */
export const CUT = 'search.cut';

export const isTextField = (field: SearchField): field is TextField => fieldType(field) === 'text';
export const isLabel = (field: SearchField) => field.startsWith(LABEL_PREFIX);
export const isTooLong = (value: string) => value.length > LONGEST_VALUE;

/** The joined words of a text. */
export const wordsPath = (field: TextField) => (field === 'message' ? 'search.words.message' : 'search.words.original');
/** The folded value where it differs from the value itself. */
export const foldedPath = (field: FieldName) => `search.folded.${field}`;
export const addressPath = (field: FieldName) => `${field}.address`;

const labelNameOf = (field: SearchField) => labelName(field.slice(LABEL_PREFIX.length));
/** Begins the term of every value of a label. */
export const labelStart = (field: SearchField) => `${labelNameOf(field)}=`;

/** The field's name in HAS and CUT. */
export function fieldMark(field: SearchField): string {
  return isLabel(field) ? `${LABEL_PREFIX}${labelNameOf(field)}` : field;
}

/** Where a field's values can be grouped; undefined for texts. Values of fields in CUT are not there. */
export function groupPath(field: SearchField): string | undefined {
  if (isLabel(field)) return `${LABELS}.${labelNameOf(field)}`;
  return isTextField(field) ? undefined : field;
}

/** What is indexed for a text: the text, or what stands for one that is too long. */
export const term = (text: string) => (isTooLong(text) ? standIn(text) : text);
