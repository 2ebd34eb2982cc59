import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readerOf } from './readers.ts';

const records = readFileSync(new URL('./fixtures/records.log', import.meta.url), 'utf8').split('\n');
const shown = new Set(records.flatMap((line) => /%\w{3}-{1,2}(?:\w+-)?\d-(\d{6})/.exec(line)?.[1] ?? []));
/** Ids whose whole class has one reader. */
const CLASSES = /^(?:10[1-5]|400|505|713|714|715|718|720|735|750|751|752|769)/;

it('each id with a reader has a fixture', () => {
  const ids = Array.from({ length: 900_000 }, (_, index) => String(100_000 + index));
  const read = ids.filter((id) => !CLASSES.test(id) && readerOf(id) !== undefined);
  expect(read.filter((id) => !shown.has(id))).toEqual([]);
  expect(read.length).toBeGreaterThan(200);
});
