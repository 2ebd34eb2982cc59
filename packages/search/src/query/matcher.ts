import type { FlatEvent } from '@logmaster/core/event/event';
import { maskEvent, readField } from '../answers/masked-event.ts';
import type { SearchField } from '../store.ts';
import { type Address, parseAddress } from './address.ts';
import type { QueryAst } from './ast.ts';
import { fold } from './fold.ts';
import { globRegexSource, patternTests } from './words.ts';

/** One event, and the texts that word searches may see in it (invariant 6), made only when one looks. */
class Candidate {
  readonly event: FlatEvent;
  readonly #masked: readonly SearchField[];
  #shown: FlatEvent | undefined;

  constructor(event: FlatEvent, masked: readonly SearchField[]) {
    this.event = event;
    this.#masked = masked;
  }

  text(field: 'message' | 'event.original'): string | undefined {
    this.#shown ??= maskEvent(this.event, this.#masked);
    return this.#shown[field];
  }
}

type Test = (candidate: Candidate) => boolean;

/**
 * The meaning of a query for one event in memory. For what an engine's own index can't decide, and for records that are
 * in no index yet. `refuseMasked` comes before it.
 */
export function matcher(ast: QueryAst, masked: readonly SearchField[]): (event: FlatEvent) => boolean {
  const test = compile(ast, masked);
  return (event) => test(new Candidate(event, masked));
}

function compile(ast: QueryAst, masked: readonly SearchField[]): Test {
  switch (ast.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = ast.clauses.map((clause) => compile(clause, masked));
      return (candidate) => tests.every((test) => test(candidate));
    }
    case 'or': {
      const tests = ast.clauses.map((clause) => compile(clause, masked));
      return (candidate) => tests.some((test) => test(candidate));
    }
    case 'not': {
      const test = compile(ast.clause, masked);
      return (candidate) => !test(candidate);
    }
    case 'words':
      return words(ast, masked);
    case 'exists':
      return value(ast.field, () => true);
    case 'keyword':
      return value(ast.field, (found) => fold(String(found)) === ast.value);
    case 'wildcard': {
      const expression = new RegExp(globRegexSource(ast.glob), 'u');
      // folded first: an i with a dot above is one character, which ? stands for
      return value(ast.field, (found) => expression.test(fold(String(found))));
    }
    case 'range':
      return range(ast);
    case 'address':
      return between(ast.field, parseAddress(ast.value), parseAddress(ast.value));
    case 'addresses':
      return between(ast.field, parseAddress(ast.first), parseAddress(ast.last));
  }
}

function value(field: SearchField, test: (found: string | number) => boolean): Test {
  return ({ event }) => {
    const found = readField(event, field);
    return found !== undefined && test(found);
  };
}

function words({ field, pattern }: Extract<QueryAst, { kind: 'words' }>, masked: readonly SearchField[]): Test {
  const expression = new RegExp(patternTests(pattern).exact, 'u');
  const fields = field ? [field] : (['event.original', 'message'] as const).filter((name) => !masked.includes(name));
  return (candidate) =>
    fields.some((name) => {
      const text = candidate.text(name);
      return text !== undefined && expression.test(fold(text));
    });
}

function range({ field, from, to }: Extract<QueryAst, { kind: 'range' }>): Test {
  return value(field, (found) => {
    const number = Number(found);
    if (from && (from.inclusive ? number < from.value : number <= from.value)) return false;
    return !(to && (to.inclusive ? number > to.value : number >= to.value));
  });
}

function between(field: SearchField, first: Address | undefined, last: Address | undefined): Test {
  return value(field, (found) => {
    const address = parseAddress(String(found));
    if (!address || !first || !last) return false;
    return address.family === first.family && address.bits >= first.bits && address.bits <= last.bits;
  });
}
