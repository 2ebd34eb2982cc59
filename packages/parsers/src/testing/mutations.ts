import { MAX_RECORD_BYTES } from '@logmaster/core/record';

/** A source of numbers in [0, 1): seeded, so that a run can be repeated. */
export type Random = () => number;

/** Mulberry32: small, and good enough to choose where to break a text. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SEPARATORS = [
  ' ',
  '=',
  ',',
  ';',
  ':',
  '|',
  '"',
  "'",
  '\\',
  '(',
  ')',
  '[',
  ']',
  '<',
  '>',
  '{',
  '}',
  '\t',
  '\0',
  '%',
  '^',
];
const NASTY = [
  ...['999999999999999999999999', '-1', '0x7fffffff', 'NaN', '1e308', '255.255.255.256', '::ffff:1.2.3.4', '/65536'],
  ...[
    '__proto__',
    'constructor',
    '\u202e',
    '\ud83d\ude00',
    'şğıİ',
    '<134>',
    '1 2026-02-30T25:61:61Z',
    '=""',
    '\\"',
    '%%%',
  ],
];

type Mutation = (record: Buffer, random: Random) => Buffer;

const at = (record: Buffer, random: Random) => Math.floor(random() * (record.length + 1));
const splice = (record: Buffer, from: number, to: number, put: Buffer) =>
  Buffer.concat([record.subarray(0, from), put, record.subarray(Math.max(from, to))]);
const pick = <T>(list: readonly T[], random: Random) => list[Math.floor(random() * list.length)] as T;

/** Every way a record is broken: as networks, buffers and attackers break them. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (record, random) => record.subarray(0, at(record, random)),
  headless: (record, random) => record.subarray(at(record, random)),
  bitFlip(record, random) {
    const copy = Buffer.from(record);
    const index = Math.floor(random() * copy.length);
    if (index < copy.length) copy[index] = (copy[index] as number) ^ (1 << Math.floor(random() * 8));
    return copy;
  },
  separator(record, random) {
    const where = at(record, random);
    return splice(record, where, where, Buffer.from(pick(SEPARATORS, random).repeat(1 + Math.floor(random() * 8))));
  },
  nasty(record, random) {
    const from = at(record, random);
    return splice(record, from, from + Math.floor(random() * 12), Buffer.from(pick(NASTY, random)));
  },
  takenOut(record, random) {
    const from = at(record, random);
    return splice(record, from, from + 1 + Math.floor(random() * 40), Buffer.alloc(0));
  },
  twice: (record) => Buffer.concat([record, record]).subarray(0, MAX_RECORD_BYTES),
  repeated(record, random) {
    const from = at(record, random);
    const piece = record.subarray(from, from + 1 + Math.floor(random() * 24));
    const times = Math.floor((MAX_RECORD_BYTES - record.length) / Math.max(1, piece.length));
    return splice(record, from, from, Buffer.concat(Array.from({ length: times }, () => piece)));
  },
};

/** One to three mutations, one after the other. */
export function mutate(record: Buffer, random: Random): Buffer {
  let mutated = record;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--)
    mutated = pick(Object.values(MUTATIONS), random)(mutated, random).subarray(0, MAX_RECORD_BYTES);
  return mutated;
}
