import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MICROS_PER_SECOND, rfc3339ToMicros } from '@logmaster/core/time';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noFault } from '../../fault.ts';
import { JournalWriter } from '../../journal/writer.ts';
import { SegmentLayout } from '../../segments/layout.ts';
import { readPlans } from '../../segments/plan.ts';
import { readLines } from '../../segments/zstd-frames.ts';
import { readFloor } from '../floor.ts';
import { SegmentLoop } from './segment-loop.ts';

const START = 1_900_000_000 * MICROS_PER_SECOND;
const SEGMENT = 10 * MICROS_PER_SECOND;
const SOURCE = { transport: 'udp', address: '10.0.0.1', port: 514 } as const;

async function setUp(workers: number, segmentBytes = 1e9) {
  const root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-loop-'));
  const time = { now: START };
  const clock = () => time.now;
  const accounting = () => ({ sources: {}, unusual: {} });
  const writers = Array.from({ length: workers }, (_, index) => {
    const folder = path.join(root, 'journal', `node1.w${index}`);
    return new JournalWriter({ folder, clock, accounting, accountingMs: 3_600_000 });
  });
  for (const writer of writers) await writer.start();
  const layout = new SegmentLayout(path.join(root, 'segments'));
  const plans = () => readPlans(layout, 'unassigned');
  const events = createEvents(createLogger('loop', 'silent'), createRegistry());
  const open = async () => {
    const loop = new SegmentLoop({
      node: 'node1',
      journalFolder: path.join(root, 'journal'),
      mappingFolder: path.join(root, 'journal', 'mappings'),
      layout,
      clock,
      segmentSeconds: 10,
      segmentBytes,
      flushBytes: 500,
      flushSeconds: 1,
      events,
      fault: noFault,
    });
    await loop.recover();
    return loop;
  };
  return { root, time, writers, layout, plans, events, open };
}

async function drain(loop: SegmentLoop): Promise<void> {
  while (await loop.step());
}

test('a boundary waits for a living worker, and not for a dead one', async () => {
  const { root, time, writers, plans, open } = await setUp(2);
  const [first, second] = writers as [JournalWriter, JournalWriter];
  first.append(SOURCE, Buffer.from('a'), 0);
  await first.commit();
  const loop = await open();
  await drain(loop);
  time.now = START + SEGMENT + 5;
  first.append(SOURCE, Buffer.from('after the boundary'), 0);
  await first.commit();
  await drain(loop);
  expect(await plans()).toEqual([]);
  // The second worker's clock is behind: what it stamps still belongs to the period.
  time.now = START + SEGMENT - 5;
  second.append(SOURCE, Buffer.from('before the boundary'), 0);
  await second.commit();
  time.now = START + SEGMENT + 10;
  await drain(loop);
  expect(await plans()).toEqual([]);
  await second.stop();
  await drain(loop);
  expect((await plans()).map(({ manifest }) => manifest.records.count)).toEqual([2]);
  await loop.close();
  await first.stop();
  await rm(root, { recursive: true });
});

test('a worker that comes back with a clock set back stamps nothing into a closed period', async () => {
  const { root, time, writers, plans, events, open, layout } = await setUp(1);
  const [first] = writers as [JournalWriter];
  first.append(SOURCE, Buffer.from('a'), 0);
  await first.stop();
  const loop = await open();
  time.now = START + 3 * SEGMENT + 7;
  await drain(loop);
  const closed = (await plans()).at(-1)?.to as number;
  expect(closed).toBe(START + 3 * SEGMENT);
  time.now = START + 1;
  const again = new JournalWriter({
    folder: path.join(root, 'journal', 'node1.w0'),
    clock: () => time.now,
    floorMicros: () => readFloor(path.join(root, 'journal')),
    accounting: () => ({ sources: {}, unusual: {} }),
    accountingMs: 3_600_000,
  });
  await again.start();
  again.append(SOURCE, Buffer.from('late'), 0);
  await again.commit();
  await drain(loop);
  await loop.close();
  await again.stop();
  const lines: string[] = [];
  const open4 = layout.open('unassigned', ((await plans()).at(-1)?.manifest.segment as number) + 1);
  for await (const line of readLines(open4, (await readFile(open4)).length)) lines.push(line.toString());
  const record = decodeRecordLine(Buffer.from(lines[0] as string));
  expect(record.receivedAt).toBeGreaterThanOrEqual(closed);
  expect(record.flags).toBe('c');
  // The worker itself held the time, so index and evidence say the same.
  expect(events.count('record_late')).toBe(0);
  await rm(root, { recursive: true });
});

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), worker: fc.nat(1), size: fc.nat(300) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), worker: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), micros: fc.integer({ min: -3_000_000, max: 8_000_000 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('step' as const), times: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

test('two workers, any interleaving, any size limit: periods join, and hold each record once, inside', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 5, maxLength: 60 }),
      fc.constantFrom(400, 3000, 1e9),
      async (actions, limit) => {
        const rig = await setUp(2, limit);
        let loop = await rig.open();
        let sent = 0;
        for (const one of actions) {
          if (one.do === 'append') {
            const raw = Buffer.from(`number=${sent++} ${'x'.repeat(one.size)}`);
            rig.writers[one.worker]?.append(SOURCE, raw, 0);
          } else if (one.do === 'commit') await rig.writers[one.worker]?.commit();
          else if (one.do === 'wait') rig.time.now += one.micros;
          else if (one.do === 'step') for (let i = 0; i < one.times; i++) await loop.step();
          else {
            await loop.close();
            loop = await rig.open();
          }
        }
        for (const writer of rig.writers) await writer.stop();
        rig.time.now += 1000 * SEGMENT;
        await drain(loop);
        await loop.close();

        const numbers: number[] = [];
        let from: string | undefined;
        for (const [index, { manifest }] of (await rig.plans()).entries()) {
          expect(manifest.segment).toBe(index + 1);
          if (from !== undefined) expect(manifest.period.from).toBe(from);
          from = manifest.period.to;
          const [start, end] = [rfc3339ToMicros(manifest.period.from), rfc3339ToMicros(manifest.period.to)];
          const file = rig.layout.open('unassigned', manifest.segment);
          for await (const line of readLines(file, manifest.records.zst.bytes)) {
            const record = decodeRecordLine(Buffer.from(line));
            expect(record.receivedAt).toBeGreaterThanOrEqual(start);
            expect(record.receivedAt).toBeLessThan(end);
            numbers.push(Number(/number=(\d+)/.exec(record.raw.toString())?.[1]));
          }
          const journaled = Object.values(manifest.sources).reduce((sum, source) => sum + source.journaled, 0);
          expect(journaled).toBe(manifest.records.count);
        }
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: sent }, (_, i) => i));
        await rm(rig.root, { recursive: true });
      },
    ),
    { numRuns: 60 },
  );
});
