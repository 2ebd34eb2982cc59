import type { FieldName } from '@logmaster/core/event/fields';
import type { QueryAst } from '../../query/ast.ts';
import { fold } from '../../query/fold.ts';
import type { Glob } from '../../query/words.ts';
import type { SearchField } from '../../store.ts';
import {
  addressPath,
  FOLDED_LABELS,
  foldedPath,
  isLabel,
  isTooLong,
  labelStart,
  term,
} from '../documents/index-fields.ts';
import { wildcardText } from '../documents/joined-words.ts';
import { allOf, anyOf, type Clause, exactly, NONE, not, type Query, without } from './clause.ts';
import { has, isCut } from './presence.ts';

/** A whole folded value. */
export function keyword(field: SearchField, folded: string): Clause {
  if (isLabel(field)) {
    const value = labelStart(field) + folded;
    return equals(FOLDED_LABELS, isTooLong(value) ? labelStart(field) + term(value) : value);
  }
  // a value that equals a folded one is its own fold
  const itself: Query = { term: { [field]: { value: folded } } };
  return exactly(anyOf([itself, { term: { [foldedPath(field as FieldName)]: { value: term(folded) } } }]));
}

const equals = (path: string, value: string) => exactly({ term: { [path]: { value } } });

/** Whole folded values of some form. */
export function wildcard(field: SearchField, glob: Glob, wildcards: boolean): Clause {
  if (!wildcards) return { sure: NONE, maybe: has(field) };
  const folded = glob.map((piece) => (typeof piece === 'string' ? fold(piece) : piece));
  const cut = isCut(field);
  if (isLabel(field)) {
    const query = matching(FOLDED_LABELS, [labelStart(field), ...folded]);
    return { sure: without(query, cut), maybe: anyOf([query, cut]) };
  }
  const path = foldedPath(field as FieldName);
  // the value itself counts only where it is folded: “i̇” has two characters, its fold has one
  const query = anyOf([matching(path, folded), without(matching(field, folded), { exists: { field: path } })]);
  return { sure: without(query, cut), maybe: anyOf([query, cut]) };
}

const matching = (path: string, glob: Glob): Query => ({ wildcard: { [path]: { value: wildcardText(glob) } } });

export function range({ field, from, to }: Extract<QueryAst, { kind: 'range' }>): Query {
  const bounds = {
    ...(from ? { [from.inclusive ? 'gte' : 'gt']: from.value } : {}),
    ...(to ? { [to.inclusive ? 'lte' : 'lt']: to.value } : {}),
  };
  return { range: { [field]: bounds } };
}

export function address({ field, value }: Extract<QueryAst, { kind: 'address' }>): Query {
  return { term: { [addressPath(field as FieldName)]: { value } } };
}

export function addresses({ field, family, first, last }: Extract<QueryAst, { kind: 'addresses' }>): Query {
  const path = addressPath(field as FieldName);
  const between = (gte: string, lte: string): Query => ({ range: { [path]: { gte, lte } } });
  if (family === 4) return between(first, last);
  // an IPv4 address is kept as ::ffff:a.b.c.d, which lies inside wide IPv6 networks
  return allOf([between(first, last), not(between('0.0.0.0', '255.255.255.255'))]);
}
