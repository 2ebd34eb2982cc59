import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from './testing/fixtures.ts';
import { MUTATIONS, mutate, seededRandom } from './testing/mutations.ts';
import { BothWays } from './testing/soundness.ts';

describe.each(FIXTURE_FOLDERS)('records of %s', (folder) => {
  const records = readFixtures(folder);
  const check = (parser: BothWays, raw: Buffer) => parser.check(raw, FIXTURE_CONTEXT);

  it('are sound as they are', () => {
    const parser = new BothWays();
    for (const record of records) expect(check(parser, record), record.toString()).toBeUndefined();
  });

  it.each(Object.entries(MUTATIONS))('survive: %s', (_, mutation) => {
    const parser = new BothWays();
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.integer(), (record, seed) => {
        expect(check(parser, mutation(record, seededRandom(seed)))).toBeUndefined();
      }),
      { numRuns: mutation === MUTATIONS.repeated ? 5 : 25 },
    );
  });

  it('survive several at once', () => {
    const parser = new BothWays();
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.integer(), (record, seed) => {
        expect(check(parser, mutate(record, seededRandom(seed)))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});

it('the longest records there are have bounded labels and errors', () => {
  const parser = new BothWays();
  for (const piece of [
    'a=1 ',
    'a="',
    'x=y|',
    '<1>',
    '%ASA-6-302013: ',
    '[a b="c"]',
    'in:a out:b, ',
    '(((',
    '\u0000',
    'ş',
    '{"a":',
  ])
    expect(
      parser.check(Buffer.from(piece.repeat(MAX_RECORD_BYTES / Buffer.byteLength(piece))), FIXTURE_CONTEXT),
    ).toBeUndefined();
});
