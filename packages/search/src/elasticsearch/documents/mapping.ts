import type { estypes } from '@elastic/elasticsearch';
import { EVENT_FIELDS, FIELD_NAMES, type FieldName } from '@logmaster/core/event/fields';
import { CUT, FOLDED_LABELS, foldedPath, HAS, isTextField, LABELS, LONGEST_VALUE, wordsPath } from './index-fields.ts';

/**
 * Grows with every change of the mapping that is more than new event fields, and when words are cut or folded
 * differently. Stands in the template and in each index; an index of another version is refused.
 */
export const MAPPING_VERSION = 1;

type Property = estypes.MappingProperty;

/** A whole value that is matched and never shown or grouped. */
const TERM: Property = { type: 'keyword', doc_values: false };
/** A number or a moment in µs: a `date` holds milliseconds, and a `date_nanos` ends in 2262. */
const NUMBER: Property = { type: 'long' };
/** The 128 bits of an address beside its text, for ranges; a text that is no address has none. */
const ADDRESS: Property = { type: 'ip', doc_values: false, ignore_malformed: true };

function properties(name: FieldName): [path: string, property: Property][] {
  const { type } = EVENT_FIELDS[name];
  if (type === 'date' || type === 'long') return [[name, NUMBER]];
  if (isTextField(name)) {
    return [[wordsPath(name), { type: 'text', analyzer: 'whitespace', norms: false, index_options: 'positions' }]];
  }
  const value: Property = {
    type: 'keyword',
    ignore_above: LONGEST_VALUE,
    ...(type === 'ip' ? { fields: { address: ADDRESS } } : {}),
  };
  return [
    [name, value],
    [foldedPath(name), TERM],
  ];
}

/**
 * `dynamic: false`: what is not named here is kept and not indexed, so that no record can be refused for a field that
 * an earlier one had as something else. `_source` holds the event alone; what is made from it can be made again.
 */
export const EVENTS_MAPPING: estypes.MappingTypeMapping = {
  dynamic: false,
  _meta: { version: MAPPING_VERSION },
  _source: { excludes: ['search'] },
  properties: {
    ...Object.fromEntries(FIELD_NAMES.flatMap(properties)),
    [LABELS]: { type: 'flattened', index: false },
    [FOLDED_LABELS]: TERM,
    [HAS]: TERM,
    [CUT]: TERM,
  },
};
