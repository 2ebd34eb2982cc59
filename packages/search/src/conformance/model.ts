import type { FlatEvent } from '@logmaster/core/event/event';
import { LABEL_PREFIX } from '@logmaster/core/event/fields';
import type { Scope } from '@logmaster/core/scope';
import { parseAddress } from '../query/address.ts';
import type { QueryAst } from '../query/ast.ts';
import { fold } from '../query/fold.ts';
import { parseQuery } from '../query/parse.ts';
import { cutWords, type Glob, type WordPattern } from '../query/words.ts';
import type { SearchField, SearchQuery } from '../store.ts';

/** What the answer must be, computed in the plainest way over all events in memory. Engines are compared with it. */

export function fieldValue(event: FlatEvent, field: SearchField): string | number | undefined {
  if (!field.startsWith(LABEL_PREFIX)) return event[field as keyof FlatEvent] as string | number | undefined;
  const key = field.slice(LABEL_PREFIX.length);
  return event.labels && Object.hasOwn(event.labels, key) ? event.labels[key] : undefined;
}

function globMatches(glob: Glob, text: string): boolean {
  const units = glob.flatMap((piece): (string | { wild: '*' | '?' })[] =>
    typeof piece === 'string' ? [...fold(piece)] : [piece],
  );
  const chars = [...fold(text)];
  let reached = new Set([0]);
  const skip = (from: Set<number>, at: number) => {
    if (typeof units[at] === 'object' && units[at].wild === '*') from.add(at + 1);
  };
  const close = (set: Set<number>) => {
    for (const at of set) skip(set, at);
    return set;
  };
  close(reached);
  for (const char of chars) {
    const next = new Set<number>();
    for (const at of reached) {
      const unit = units[at];
      if (unit === undefined) continue;
      if (typeof unit === 'string') {
        if (unit === char) next.add(at + 1);
      } else next.add(unit.wild === '*' ? at : at + 1);
    }
    reached = close(next);
  }
  return reached.has(units.length);
}

/** A phrase over tokens, as an engine with a whitespace-analysed field would do it. */
export function wordsMatch(pattern: WordPattern, text: string): boolean {
  const tokens = cutWords(text);
  const wanted = pattern.flatMap((step, index): Glob[] =>
    index > 0 && step.gap !== null ? [[step.gap], step.glob] : [step.glob],
  );
  const isPart = (token: string) => /^[\p{L}\p{N}\p{M}]/u.test(token);
  return tokens.some((_, start) =>
    wanted.every((glob, index) => {
      const token = tokens[start + index];
      if (token === undefined) return false;
      const literal = glob.length === 1 && typeof glob[0] === 'string' ? glob[0] : undefined;
      return literal === undefined ? isPart(token) && globMatches(glob, token) : literal === token;
    }),
  );
}

function inRange(value: number, { from, to }: Extract<QueryAst, { kind: 'range' }>): boolean {
  if (from && (from.inclusive ? value < from.value : value <= from.value)) return false;
  return !(to && (to.inclusive ? value > to.value : value >= to.value));
}

export function matches(ast: QueryAst, event: FlatEvent): boolean {
  switch (ast.kind) {
    case 'all':
      return true;
    case 'and':
      return ast.clauses.every((clause) => matches(clause, event));
    case 'or':
      return ast.clauses.some((clause) => matches(clause, event));
    case 'not':
      return !matches(ast.clause, event);
    case 'words': {
      const texts = ast.field ? [event[ast.field]] : [event.message, event['event.original']];
      return texts.some((text) => text !== undefined && wordsMatch(ast.pattern, text));
    }
    case 'exists':
      return fieldValue(event, ast.field) !== undefined;
    default: {
      const value = fieldValue(event, ast.field);
      if (value === undefined) return false;
      if (ast.kind === 'keyword') return fold(String(value)) === ast.value;
      if (ast.kind === 'wildcard') return globMatches(ast.glob, String(value));
      if (ast.kind === 'range') return inRange(value as number, ast);
      const address = parseAddress(String(value));
      if (!address) return false;
      if (ast.kind === 'address') {
        const wanted = parseAddress(ast.value);
        return wanted?.family === address.family && wanted.bits === address.bits;
      }
      const [first, last] = [parseAddress(ast.first), parseAddress(ast.last)];
      return (
        address.family === ast.family && !!first && !!last && address.bits >= first.bits && address.bits <= last.bits
      );
    }
  }
}

export function visible(scope: Scope, event: FlatEvent): boolean {
  const received = event['logmaster.received_at'] as number;
  if (scope.sites && !scope.sites.includes(event['logmaster.site.id'] ?? '')) return false;
  if (scope.devices && !scope.devices.includes(event['logmaster.device.id'] ?? '')) return false;
  return (scope.from === null || received >= scope.from) && (scope.to === null || received < scope.to);
}

/** Events that a query finds, newest first. Masked fields are not modelled. */
export function find(events: readonly FlatEvent[], query: SearchQuery): FlatEvent[] {
  const ast = parseQuery(query.text);
  const time = (event: FlatEvent) => event['@timestamp'] as number;
  const id = (event: FlatEvent) => event['logmaster.record.id'] as string;
  return events
    .filter((event) => visible(query.scope, event) && matches(ast, event))
    .filter(
      (event) =>
        (query.from === undefined || time(event) >= query.from) && (query.to === undefined || time(event) < query.to),
    )
    .sort((a, b) => time(b) - time(a) || (id(a) < id(b) ? 1 : -1));
}
