import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { openElasticsearchStore } from '@logmaster/search/elasticsearch/store';
import { type HttpFront, openHttpFront } from '@logmaster/testkit/faults/http-front';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createElasticsearch, type ElasticsearchService } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Rig } from '../testing/rig.ts';
import { reportOf } from './report.ts';

// One server, one rig, one fault after the other: each begins with what the one before left.
let keeper: Keeper;
let server: ElasticsearchService;
let front: HttpFront;
let rig: Rig;
beforeAll(async () => {
  keeper = await openKeeper('pipeline-index');
  server = await createElasticsearch(keeper);
  await server.start();
  front = await openHttpFront(node().address);
  rig = await Rig.create();
  const packing = { folder: rig.layout.index, memoryMb: 128, threads: 1 };
  rig.openStore = () => openElasticsearchStore({ urls: [front.url], replicas: 0, packing, logger: rig.logger });
  await rig.journal.start();
  await rig.startProcessor();
}, 240_000);
afterAll(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
  await front.close();
  await keeper.close();
}, 60_000);

const SLOW = { timeout: 240_000 };
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 100_000, interval: 50 });
const node = () => server.nodes[0] as ElasticsearchService['nodes'][number];
/** What the pipeline wrote, as the server itself counts it. */
const indexed = async () => {
  const answer = await server.ask('GET', '/logmaster-default-*/_count').catch(() => ({ count: -1 }));
  return (answer as { count: number }).count;
};
const refresh = () => server.ask('POST', '/logmaster-default-*/_refresh');
const health = async () => {
  const { parts } = await reportOf(rig.processor, () => rig.store.health(), rig.now);
  return parts.find(({ name }) => name === 'index');
};
/** All that was sent is in the index or in quarantine, each record once, and all of it is sealed. */
async function expectWhole(quarantined = 0): Promise<void> {
  await eventually(async () => {
    await refresh().catch(() => undefined);
    return indexed();
  }).toBe(rig.total - quarantined);
  expect(rig.processor.quarantine.records.size).toBe(quarantined);
  rig.passBoundary();
  await eventually(() => rig.processor.sealer.state).toMatchObject({ records: rig.total, waiting: 0, unstamped: 0 });
}

test('slow: records wait, sealing does not', async () => {
  front.slow(700);
  await rig.send(300);
  rig.passBoundary();
  await eventually(() => rig.processor.sealer.state.records).toBe(300);
  await expectWhole();
  front.slow(0);
});

test('answering 429 to everything: the backlog is shown, and drains by itself', async () => {
  front.answerInstead((method) => (method === 'GET' ? undefined : 429));
  await rig.send(400);
  await eventually(async () => (await health())?.state).toBe('degraded');
  await eventually(() => front.answered).toBeGreaterThan(2);
  rig.passBoundary();
  await eventually(() => rig.processor.sealer.state.records).toBe(rig.total);
  front.answerInstead(undefined);
  await expectWhole();
  expect((await health())?.state).toBe('ok');
});

test('down for a backlog of several journal files: nothing is lost or doubled when it is back', SLOW, async () => {
  await node().kill();
  for (let round = 0; round < 6; round++) await rig.send(200, undefined, 'x'.repeat(100));
  await eventually(async () => (await health())?.state).not.toBe('ok');
  rig.passBoundary();
  await eventually(() => rig.processor.sealer.state.records).toBe(rig.total);
  await node().start();
  await expectWhole();
});

test('rejecting one record: it is quarantined with the reason, and stops nobody else', async () => {
  const names = Object.keys((await server.ask('GET', '/logmaster-default-*')) as object);
  // A field that the index knows as a number, which the mapping does not allow to be a word.
  const before = rig.total;
  for (const name of names)
    await server.ask('PUT', `/${name}/_settings`, { 'index.mapping.field_name_length.limit': 20 });
  await rig.send(20);
  rig.journal.append(
    { transport: 'tcp', address: '10.1.0.1', port: 40_000 },
    Buffer.from(`<134>number=${before + 20} ${'k'.repeat(100)}=v`),
    0,
  );
  await rig.journal.commit();
  await eventually(() => rig.processor.quarantine.records.size).toBe(1);
  const file = await readFile(path.join(rig.layout.segments, 'quarantine.jsonl'), 'utf8');
  expect(file).toMatch(/"reason":"[^"]+/);
  expect(await rig.store.count({ text: `number=${before + 1}`, scope: FULL_SCOPE })).toBeGreaterThanOrEqual(0);
});
