import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { BASE, makeBatch, makeEvent } from '../../conformance/events.ts';
import { find } from '../../conformance/model.ts';
import { openDuckDbWriter } from '../../open.ts';
import { parseQuery } from '../../query/parse.ts';
import { Snapshots } from '../catalogue/snapshot.ts';
import { openInstance } from '../instance.ts';
import { temporaryIndex } from '../test-index.ts';
import { findKeys } from './page.ts';

/** Ten files whose times overlap in every way: late senders, wrong clocks, equal moments. */
const batches = Array.from({ length: 10 }, (_, batch) =>
  Array.from({ length: 20 }, (_, index) => {
    const sequence = batch * 20 + index;
    const spread = batch % 3 === 0 ? (index * 37) % 200 : batch * 10 + (index % 5);
    return makeEvent(sequence, { '@timestamp': BASE + spread * 1_000_000, 'source.port': sequence % 4 });
  }),
);

test('stopping early never leaves out a row that belongs on the page', async () => {
  const indexDir = await temporaryIndex();
  const writer = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger: createLogger('test', 'fatal') });
  await writer.start();
  onTestFinished(() => writer.stop());
  for (const [index, events] of batches.entries()) await writer.write(makeBatch(events, index * 20));
  const connection = await (await openInstance({ indexDir, memoryMb: 128, threads: 1 })).connect();
  onTestFinished(() => connection.closeSync());
  const snapshots = new Snapshots(indexDir);
  onTestFinished(() => snapshots.close());
  const { files } = snapshots.take({});
  expect(files).toHaveLength(10);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(1, 20, 50),
      fc.constantFrom('', 'source.port:1', 'NOT source.port:3'),
      async (wanted, firstStepRows, text) => {
        const query = { text, scope: FULL_SCOPE };
        const request = { query, ast: parseQuery(text), wanted, after: undefined, firstStepRows };
        const keys = await findKeys(request, files, connection, () => undefined);
        const expected = find(batches.flat(), query).slice(0, wanted);
        expect(keys.map(({ id }) => id)).toEqual(expected.map((event: FlatEvent) => event['logmaster.record.id']));
      },
    ),
    { numRuns: 40 },
  );
});

test('a full page of new records does not open old files', async () => {
  const indexDir = await temporaryIndex();
  const instance = await openInstance({ indexDir, memoryMb: 128, threads: 1 });
  const connection = await instance.connect();
  onTestFinished(() => connection.closeSync());
  const writer = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger: createLogger('test', 'fatal') });
  await writer.start();
  onTestFinished(() => writer.stop());
  await writer.write(makeBatch([makeEvent(0), makeEvent(1)], 0));
  const snapshots = new Snapshots(indexDir);
  onTestFinished(() => snapshots.close());
  const { files } = snapshots.take({});
  const [newest] = files;
  if (!newest) throw new Error('no file');
  const gone = { ...newest, path: `${newest.path}.gone`, maxTimestamp: newest.minTimestamp - 1 };
  const request = {
    query: { text: '', scope: FULL_SCOPE },
    ast: parseQuery(''),
    wanted: 2,
    after: undefined,
    firstStepRows: 1,
  };
  expect(await findKeys(request, [newest, gone], connection, () => undefined)).toHaveLength(2);
  await expect(findKeys({ ...request, wanted: 3 }, [newest, gone], connection, () => undefined)).rejects.toThrow(
    'gone',
  );
});
