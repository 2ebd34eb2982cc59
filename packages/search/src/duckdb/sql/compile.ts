import { parseAddress } from '../../query/address.ts';
import type { QueryAst } from '../../query/ast.ts';
import { foldSource, hasVariants } from '../../query/fold.ts';
import { fieldType } from '../../query/values.ts';
import { type Glob, globRegexSource, patternTests, type WordPattern } from '../../query/words.ts';
import type { SearchField } from '../../store.ts';
import { MESSAGE_AT_COLUMN, quoted } from '../columns.ts';
import { fieldSql, maskedTextSql, oneLetterSql } from './masked-text.ts';
import type { Parameters } from './parameters.ts';

/** The message whole, wherever it is stored. */
const MESSAGE_SQL = `coalesce(message, substr("event.original", ${MESSAGE_AT_COLUMN} + 1))`;

const hasSingle = (glob: Glob) => glob.some((piece) => typeof piece !== 'string' && piece.wild === '?');

/** Column of a field as events show it, or the label of that key. */
export function valueSql(field: SearchField, parameters: Parameters): string {
  return field === 'message' ? MESSAGE_SQL : fieldSql(field, parameters);
}

/** Functions the compiled SQL calls; made once per DuckDB instance. NULL for the other family. */
export const MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO lm_ip4(a) AS
     CASE WHEN contains(a, ':') THEN NULL ELSE
       TRY_CAST(split_part(a, '.', 1) AS BIGINT) * 16777216 + TRY_CAST(split_part(a, '.', 2) AS BIGINT) * 65536 +
       TRY_CAST(split_part(a, '.', 3) AS BIGINT) * 256 + TRY_CAST(split_part(a, '.', 4) AS BIGINT) END`,
  `CREATE OR REPLACE MACRO lm_ip6_groups(a) AS
     CASE WHEN a = '' THEN '' ELSE array_to_string(list_transform(string_split(a, ':'), lambda g: lpad(g, 4, '0')), '') END`,
  `CREATE OR REPLACE MACRO lm_ip6(a) AS
     CASE WHEN NOT contains(a, ':') OR contains(a, '.') THEN NULL
       WHEN contains(a, '::') THEN
         rpad(lm_ip6_groups(split_part(a, '::', 1)), CAST(32 - length(lm_ip6_groups(split_part(a, '::', 2))) AS INTEGER), '0')
           || lm_ip6_groups(split_part(a, '::', 2))
       ELSE lm_ip6_groups(a) END`,
];

/**
 * Compiles a query to a condition. Values and label keys are bound; columns come from the field table. A leaf is NULL
 * where the field is missing, which WHERE, AND and OR take as false; `not` makes it false first, so that it matches.
 */
export class Compiler {
  readonly #parameters: Parameters;
  readonly #masked: readonly SearchField[];

  constructor(parameters: Parameters, masked: readonly SearchField[]) {
    this.#parameters = parameters;
    this.#masked = masked;
  }

  compile(ast: QueryAst): string {
    switch (ast.kind) {
      case 'all':
        return 'true';
      case 'and':
        return `(${ast.clauses.map((clause) => this.compile(clause)).join(' AND ')})`;
      case 'or':
        return `(${ast.clauses.map((clause) => this.compile(clause)).join(' OR ')})`;
      case 'not':
        return `(NOT coalesce(${this.compile(ast.clause)}, false))`;
      case 'words':
        return this.#words(ast.field, ast.pattern);
      case 'exists':
        return `(${this.#column(ast.field)} IS NOT NULL)`;
      case 'keyword':
        return this.#keyword(ast.field, ast.value);
      case 'wildcard':
        return this.#wildcard(ast.field, ast.glob);
      case 'address':
        return `(${this.#column(ast.field)} = ${this.#parameters.text(ast.value)})`;
      case 'addresses':
        return this.#addresses(ast);
      case 'range':
        return this.#range(ast);
    }
  }

  #column(field: SearchField): string {
    return valueSql(field, this.#parameters);
  }

  #words(field: 'message' | 'event.original' | null, pattern: WordPattern): string {
    const original = quoted('event.original');
    if (field) return this.#contains(field === 'message' ? MESSAGE_SQL : original, pattern);
    const hidden = (name: SearchField) => this.#masked.includes(name);
    const tests: string[] = [];
    if (!hidden('event.original')) tests.push(this.#contains(original, pattern));
    // where the message is part of the raw text the column is null, and the words are found there
    if (!hidden('message')) tests.push(this.#contains(hidden('event.original') ? MESSAGE_SQL : 'message', pattern));
    return `(${tests.join(' OR ')})`;
  }

  #contains(text: string, pattern: WordPattern): string {
    const { likely, exact } = patternTests(pattern);
    const hidden = maskedTextSql(text, this.#masked, this.#parameters);
    const seen = pattern.some(({ glob }) => hasSingle(glob)) ? oneLetterSql(hidden) : hidden;
    const test = `regexp_matches(${seen}, ${this.#parameters.text(exact)})`;
    if (likely === null) return test;
    const quick =
      'literal' in likely
        ? `contains(${text}, ${this.#parameters.text(likely.literal)})`
        : `regexp_matches(${text}, ${this.#parameters.text(likely.source)})`;
    // CASE and not AND: the optimizer reorders AND, and the exact test is the slow one
    return `(CASE WHEN ${quick} THEN ${test} ELSE false END)`;
  }

  #wildcard(field: SearchField, glob: Glob): string {
    const column = this.#column(field);
    const seen = hasSingle(glob) ? oneLetterSql(column) : column;
    return `regexp_matches(${seen}, ${this.#parameters.text(globRegexSource(glob))})`;
  }

  #keyword(field: SearchField, value: string): string {
    const column = this.#column(field);
    if (!hasVariants(value)) return `(${column} = ${this.#parameters.text(value)})`;
    return `regexp_full_match(${column}, ${this.#parameters.text(foldSource(value))})`;
  }

  #range({ field, from, to }: Extract<QueryAst, { kind: 'range' }>): string {
    const column = this.#column(field);
    const date = fieldType(field) === 'date';
    const bind = (value: number) => (date ? this.#parameters.moment(value) : this.#parameters.integer(value));
    const tests: string[] = [];
    if (from) tests.push(`${column} ${from.inclusive ? '>=' : '>'} ${bind(from.value)}`);
    if (to) tests.push(`${column} ${to.inclusive ? '<=' : '<'} ${bind(to.value)}`);
    return `(${tests.join(' AND ')})`;
  }

  #addresses({ field, family, first, last }: Extract<QueryAst, { kind: 'addresses' }>): string {
    const column = this.#column(field);
    const [low, high] = [parseAddress(first)?.bits ?? 0n, parseAddress(last)?.bits ?? 0n];
    if (family === 6) {
      const hex = (bits: bigint) => this.#parameters.text(bits.toString(16).padStart(32, '0'));
      return `(contains(${column}, ':') AND lm_ip6(${column}) BETWEEN ${hex(low)} AND ${hex(high)})`;
    }
    const [start, end] = [first.split('.'), last.split('.')];
    const same = start.findIndex((octet, index) => octet !== end[index]);
    const common = same < 0 ? 4 : same;
    const prefix = start.slice(0, common).join('.') + (common > 0 && common < 4 ? '.' : '');
    const whole =
      start.slice(common).every((octet) => octet === '0') && end.slice(common).every((octet) => octet === '255');
    if (common === 4) return `(${column} = ${this.#parameters.text(first)})`;
    const tests = [
      common > 0 ? `starts_with(${column}, ${this.#parameters.text(prefix)})` : `NOT contains(${column}, ':')`,
    ];
    if (!whole)
      tests.push(
        `lm_ip4(${column}) BETWEEN ${this.#parameters.integer(Number(low))} AND ${this.#parameters.integer(Number(high))}`,
      );
    return `(${tests.join(' AND ')})`;
  }
}
