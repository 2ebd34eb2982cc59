import type { SearchField } from '../store.ts';
import type { Glob, WordPattern } from './words.ts';

/** End of a range. Numbers are numbers, dates µs, addresses canonical text. */
export interface Bound<V> {
  readonly value: V;
  readonly inclusive: boolean;
}

/**
 * A query as every engine compiles it: typed, fields checked, words cut and folded, dates as µs. A record without the
 * field never matches a leaf; `not` therefore matches it.
 */
export type QueryAst =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly clauses: readonly QueryAst[] }
  | { readonly kind: 'or'; readonly clauses: readonly QueryAst[] }
  | { readonly kind: 'not'; readonly clause: QueryAst }
  /** Words of a text field; `field` null searches `message` and `event.original`. */
  | { readonly kind: 'words'; readonly field: 'message' | 'event.original' | null; readonly pattern: WordPattern }
  /** Whole value of a keyword or label; the value is folded. */
  | { readonly kind: 'keyword'; readonly field: SearchField; readonly value: string }
  /** Whole value with wildcards: keyword, label, or address as text. */
  | { readonly kind: 'wildcard'; readonly field: SearchField; readonly glob: Glob }
  /** [from, to) or with other ends, of a long or date. Equality is a range of one value. */
  | {
      readonly kind: 'range';
      readonly field: SearchField;
      readonly from: Bound<number> | null;
      readonly to: Bound<number> | null;
    }
  | { readonly kind: 'address'; readonly field: SearchField; readonly value: string }
  /** First and last address of a network or range, both inclusive, of one family; null means its end. */
  | {
      readonly kind: 'addresses';
      readonly field: SearchField;
      readonly family: 4 | 6;
      readonly first: string;
      readonly last: string;
    }
  | { readonly kind: 'exists'; readonly field: SearchField };

/** Every field a query names; null stands for the implicit text fields. */
export function fieldsOf(ast: QueryAst): Set<SearchField | null> {
  const fields = new Set<SearchField | null>();
  const visit = (node: QueryAst): void => {
    if (node.kind === 'and' || node.kind === 'or') for (const clause of node.clauses) visit(clause);
    else if (node.kind === 'not') visit(node.clause);
    else if (node.kind !== 'all') fields.add(node.field);
  };
  visit(ast);
  return fields;
}
