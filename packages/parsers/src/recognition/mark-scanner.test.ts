import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VENDORS } from '../vendors.ts';
import { MarkScanner } from './mark-scanner.ts';
import { VENDOR_SIGNS } from './signs.ts';

type Marks = readonly (readonly [text: string, owner: number])[];

const OWN: Marks = ['=', 'needle=', ': in:', '%ASA', 'DHCPACK', '|||', ':0 ', ':0:', 'logged ', 'egg', '#'].map(
  (mark, owner) => [mark, owner * 25] as const,
);
const BUILT_IN: Marks = VENDORS.flatMap(({ name }, owner) => {
  const { marks = [], shaped } = VENDOR_SIGNS.get(name) ?? {};
  return [...marks, ...(shaped?.marks ?? [])].map((mark) => [mark, owner] as const);
});

/** What `includes` says. */
function included(marks: Marks, text: string): number[] {
  const owners = new Set(marks.flatMap(([mark, owner]) => (text.includes(mark) ? [owner] : [])));
  return [...owners].toSorted((a, b) => a - b);
}

function found(scanner: MarkScanner, bytes: Buffer, from: number, to: number, isKept: boolean): number[] {
  scanner.found.fill(0);
  scanner.scan(bytes, from, to, isKept);
  return Array.from({ length: 256 }, (_, owner) => owner).filter(
    (owner) => ((scanner.found[owner >> 5] as number) & (1 << (owner & 31))) !== 0,
  );
}

/** Texts of marks, parts of marks, and others. */
function texts(marks: Marks) {
  const whole = fc.constantFrom(...marks.map(([mark]) => mark));
  const part = fc
    .tuple(whole, fc.nat({ max: 8 }), fc.nat({ max: 8 }))
    .map(([mark, from, less]) => mark.slice(from, mark.length - less));
  const bytes = fc.uint8Array({ maxLength: 20 }).map((some) => Buffer.from(some).toString('latin1'));
  const piece = fc.oneof(whole, part, fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), bytes);
  return fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
}

describe.each([
  ['a few marks', OWN],
  ['the marks of all vendors', BUILT_IN],
])('%s', (_, marks) => {
  const scanner = new MarkScanner(marks);

  it('are found where they stand in a record, and not in those beside it', () => {
    fc.assert(
      fc.property(texts(marks), texts(marks), texts(marks), (before, record, after) => {
        const bytes = Buffer.from(before + record + after, 'latin1');
        const to = before.length + record.length;
        expect(found(scanner, bytes, before.length, to, false)).toEqual(included(marks, record));
      }),
      { numRuns: 2000 },
    );
  });

  it('are found at every place of a record of every length', () => {
    for (const [mark] of marks) {
      const padded = ' '.repeat(70) + mark + ' '.repeat(70);
      const bytes = Buffer.from(padded);
      for (let before = 0; before <= 66; before += before < 18 ? 1 : 7) {
        for (const after of [0, 1, 2, 16, 63]) {
          const to = 70 + mark.length + after;
          // A mark may begin or end with the blanks.
          const expected = included(marks, padded.slice(70 - before, to));
          if (String(found(scanner, bytes, 70 - before, to, false)) !== String(expected))
            expect.fail(`${JSON.stringify(mark)} behind ${before} and before ${after} blanks`);
        }
      }
      for (let cut = 1; cut <= mark.length; cut++) {
        const within = included(marks, mark.slice(0, -cut));
        expect(found(scanner, bytes, 70, 70 + mark.length - cut, false)).toEqual(within);
      }
    }
  });

  it('are found in a block that is in memory whole as in each record alone', () => {
    fc.assert(
      fc.property(fc.array(texts(marks), { minLength: 1, maxLength: 20 }), (records) => {
        const block = Buffer.from(records.join(''), 'latin1');
        for (let round = 0, at = 0; round < 3; round++, at = 0) {
          for (const record of records) {
            expect(found(scanner, block, at, at + record.length, true)).toEqual(included(marks, record));
            at += record.length;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('finds marks in records that are longer than its memory for one, also where two pieces meet', () => {
  const scanner = new MarkScanner(OWN);
  const bytes = Buffer.alloc(300_000, 'x');
  for (let at = 65_400; at < 65_600; at++) {
    bytes.write('needle:', at);
    bytes.write('DHCPACK', at);
    expect(found(scanner, bytes, 0, bytes.length, false), String(at)).toEqual([100]);
    bytes.fill('x', at, at + 7);
  }
  bytes.write('egg', bytes.length - 3);
  expect(found(scanner, bytes, 0, bytes.length, true)).toEqual([225]);
});

it('adds what it finds to what is found already', () => {
  const scanner = new MarkScanner(OWN);
  scanner.found.fill(0);
  for (const text of ['needle=', 'egg', 'x']) scanner.scan(Buffer.from(text), 0, text.length, false);
  expect([...scanner.found]).toEqual([1 | (1 << 25), 0, 0, 0, 0, 0, 0, 1 << 1]);
});

it('refuses marks that it can’t look for', () => {
  expect(() => new MarkScanner([['ab', 0]])).toThrow(RangeError);
  expect(() => new MarkScanner([['abc', 256]])).toThrow(RangeError);
  expect(() => new MarkScanner([...'abcdefghi'].map((mark) => [mark, 0] as const))).toThrow(RangeError);
});
