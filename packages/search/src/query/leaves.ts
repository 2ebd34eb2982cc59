import type { SearchField } from '../store.ts';
import { formatAddress, parseAddress, parseNetwork } from './address.ts';
import type { Bound, QueryAst } from './ast.ts';
import { type Place, syntaxFault, typeFault } from './fault.ts';
import { fold } from './fold.ts';
import { fieldType, parseDate, parseLong } from './values.ts';
import { type Glob, wordPattern } from './words.ts';

/** A value as it stands in the query: a word with its wildcards, or a phrase (then wildcards are plain characters). */
export interface QueryValue extends Place {
  readonly glob: Glob;
}

const hasWildcard = (value: QueryValue) => value.glob.some((piece) => typeof piece !== 'string');
export const plainText = (glob: Glob): string => glob.map((p) => (typeof p === 'string' ? p : p.wild)).join('');

/** Words anywhere in the text fields, or in one of them. */
export function wordsLeaf(field: 'message' | 'event.original' | null, value: QueryValue): QueryAst {
  const pattern = wordPattern(value.glob);
  if (pattern.length === 0) {
    throw syntaxFault(value, `“${plainText(value.glob)}” has no letter or digit to search for`);
  }
  return { kind: 'words', field, pattern };
}

function numberRange(field: SearchField, value: QueryValue): { from: number; to: number } {
  const text = plainText(value.glob);
  if (fieldType(field) === 'date') {
    const date = parseDate(text);
    if (date) return date;
    throw typeFault(value, `${field} is a time: write it like 2026-11-23 or 2026-11-23T10:30:00Z, not “${text}”`);
  }
  const long = parseLong(text);
  if (long !== undefined) return { from: long, to: long + 1 };
  throw typeFault(value, `${field} is a whole number, “${text}” is not`);
}

function addressLeaf(field: SearchField, value: QueryValue): QueryAst {
  const text = plainText(value.glob);
  if (hasWildcard(value)) return { kind: 'wildcard', field, glob: value.glob };
  const address = parseAddress(text);
  if (address) return { kind: 'address', field, value: formatAddress(address) };
  const network = parseNetwork(text);
  if (!network)
    throw typeFault(value, `${field} is an IP address: 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32, not “${text}”`);
  return {
    kind: 'addresses',
    field,
    family: network.first.family,
    first: formatAddress(network.first),
    last: formatAddress(network.last),
  };
}

/** `field:value` */
export function valueLeaf(field: SearchField, value: QueryValue): QueryAst {
  if (value.glob.length === 1 && hasWildcard(value) && plainText(value.glob) === '*') return { kind: 'exists', field };
  if (field === 'message' || field === 'event.original') return wordsLeaf(field, value);
  switch (fieldType(field)) {
    case 'ip':
      return addressLeaf(field, value);
    case 'keyword':
      if (hasWildcard(value)) return { kind: 'wildcard', field, glob: value.glob };
      return { kind: 'keyword', field, value: fold(plainText(value.glob)) };
    default: {
      if (hasWildcard(value)) throw typeFault(value, `${field} can’t be searched with * or ?: use a range, [10 TO 20]`);
      const { from, to } = numberRange(field, value);
      return { kind: 'range', field, from: { value: from, inclusive: true }, to: { value: to, inclusive: false } };
    }
  }
}

function addressRange(field: SearchField, from: Bound<QueryValue> | null, to: Bound<QueryValue> | null): QueryAst {
  const read = (bound: Bound<QueryValue> | null) => {
    if (!bound) return undefined;
    const address = parseAddress(plainText(bound.value.glob));
    if (!address) throw typeFault(bound.value, `${field} needs an IP address here`);
    return address;
  };
  const [low, high] = [read(from), read(to)];
  const family = (low ?? high)?.family ?? 4;
  if (low && high && low.family !== high.family) {
    throw typeFault((to as Bound<QueryValue>).value, 'A range can’t go from IPv4 to IPv6');
  }
  const first = (low?.bits ?? 0n) + (from?.inclusive === false ? 1n : 0n);
  const last = (high?.bits ?? (1n << (family === 4 ? 32n : 128n)) - 1n) - (to?.inclusive === false ? 1n : 0n);
  if (first > last) return { kind: 'not', clause: { kind: 'all' } };
  return {
    kind: 'addresses',
    field,
    family,
    first: formatAddress({ family, bits: first }),
    last: formatAddress({ family, bits: last }),
  };
}

/** `field:[a TO b]`, `field:>a`; null is an open end. */
export function rangeLeaf(
  field: SearchField,
  place: Place,
  from: Bound<QueryValue> | null,
  to: Bound<QueryValue> | null,
): QueryAst {
  const type = fieldType(field);
  if (type === 'keyword' || type === 'text') {
    throw typeFault(place, `${field} is text; ranges need a number, a time or an IP address`);
  }
  if (!from && !to) return { kind: 'exists', field };
  if (type === 'ip') return addressRange(field, from, to);
  const low = from && numberRange(field, from.value);
  const high = to && numberRange(field, to.value);
  // a date names a stretch of time: an excluded start begins after it, an included end reaches to its end
  return {
    kind: 'range',
    field,
    from: from && low && { value: from.inclusive ? low.from : low.to, inclusive: true },
    to: to && high && { value: to.inclusive ? high.to : high.from, inclusive: false },
  };
}
