import { AppError } from '@logmaster/core/errors';
import { EVENT_FIELDS, isFieldName } from '@logmaster/core/event/fields';
import type { SearchField, SearchQuery } from '@logmaster/search/store';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { fold } from '../fold.ts';
import { noticing } from './notices.ts';
import { toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;
type Input = WireQuery & { readonly field: SearchField; readonly prefix: string; readonly size: number };

/** So many of the field's most frequent values are looked through for the prefix. */
const LOOKED_THROUGH = 200;

/** Free text and moments are no lists of values. */
function hasValues(field: SearchField): boolean {
  if (!isFieldName(field)) return true;
  const { type } = EVENT_FIELDS[field];
  return type !== 'text' && type !== 'date';
}

/** What the user has typed so far may not be a query yet: then the values of the whole range are offered. */
async function topValues({ store, signal }: Deps, query: SearchQuery, field: SearchField) {
  try {
    return await store.topValues(query, field, LOOKED_THROUGH, noticing(signal));
  } catch (error) {
    const unfinished = error instanceof AppError && (error.code === 'QUERY_SYNTAX' || error.code === 'QUERY_TYPE');
    if (!unfinished || query.text === '') throw error;
    return store.topValues({ ...query, text: '' }, field, LOOKED_THROUGH, noticing(signal));
  }
}

/**
 * Values of a field that begin with what was typed, most frequent first. They are a help, not an answer: those of records
 * that are out of the index are left out without a word.
 */
export async function suggestValues(deps: Deps, user: SessionUser, input: Input) {
  if (!hasValues(input.field)) return { values: [] };
  const prefix = fold(input.prefix);
  const { values } = await topValues(deps, toSearchQuery(user, input), input.field);
  return { values: values.filter(({ value }) => fold(value).startsWith(prefix)).slice(0, input.size) };
}
