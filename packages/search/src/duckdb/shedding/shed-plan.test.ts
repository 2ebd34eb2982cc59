import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInRanges } from '../../sheddable-index.ts';
import { overlappingGroups, type Piece } from './shed-plan.ts';

const piece = (minReceived: number, ...ranges: [string, number, number][]): Piece => ({
  minReceived,
  ranges: ranges.map(([stream, first, last]) => ({
    stream,
    first: { journal: 1, sequence: first },
    last: { journal: 1, sequence: last },
  })),
});

test('files that follow each other stay apart, oldest first', () => {
  const [a, b, c] = [piece(3, ['s', 20, 29]), piece(1, ['s', 0, 9]), piece(2, ['s', 10, 19])] as const;
  expect(overlappingGroups([a, b, c])).toEqual([[b], [c], [a]]);
});

test('a file whose range spans another is one with it, also through a second stream', () => {
  const spanning = piece(1, ['s', 0, 30]);
  const inside = piece(2, ['s', 10, 19], ['t', 5, 9]);
  const beside = piece(3, ['t', 9, 12]);
  const alone = piece(4, ['t', 13, 20]);
  expect(overlappingGroups([alone, beside, inside, spanning])).toEqual([[spanning, inside, beside], [alone]]);
});

test('law: every piece is in one group, and no place of a stream is in two groups', () => {
  const range = fc
    .tuple(fc.constantFrom('s', 't'), fc.nat(60), fc.nat(12))
    .map(([stream, first, length]): [string, number, number] => [stream, first, first + length]);
  const pieces = fc.array(
    fc.tuple(fc.nat(100), fc.array(range, { minLength: 1, maxLength: 2 })).map(([at, ranges]) => piece(at, ...ranges)),
  );
  fc.assert(
    fc.property(pieces, (all) => {
      const groups = overlappingGroups(all);
      expect(new Set(groups.flat())).toEqual(new Set(all));
      expect(groups.flat()).toHaveLength(all.length);
      for (const stream of ['s', 't']) {
        for (let sequence = 0; sequence < 80; sequence++) {
          const at = { journal: 1, sequence };
          const holding = groups.filter((group) => group.some(({ ranges }) => isInRanges(ranges, stream, at)));
          expect(holding.length).toBeLessThan(2);
        }
      }
    }),
  );
});
