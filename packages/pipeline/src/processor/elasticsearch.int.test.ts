import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import { openElasticsearchStore } from '@logmaster/search/elasticsearch/store';
import { type HttpFront, openHttpFront } from '@logmaster/testkit/faults/http-front';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createElasticsearch, type ElasticsearchService } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIREWALL, Rig } from '../testing/rig.ts';
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

/** A record that says which rule it is about. */
const POLICY = [
  '<134>date=2026-11-26 time=12:00:00 devname="fw" devid="FGT60FTK20000001" logid="0000000013" type="traffic"',
  'subtype="forward" level="notice" srcip=10.0.0.1 policyid=5 action="accept"',
].join(' ');
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
/** All that was sent is in the index once, `refused` records beside it in quarantine, and all of it is sealed. */
async function expectWhole(refused = 0): Promise<void> {
  await eventually(async () => {
    await refresh().catch(() => undefined);
    return indexed();
  }).toBe(rig.total);
  expect(rig.processor.quarantine.records.size).toBe(refused);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state).toMatchObject({ records: rig.total + refused, unstamped: 0 });
}

test('slow: records wait, sealing does not', async () => {
  front.slow(700);
  await rig.send(300);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state.records).toBe(300);
  await expectWhole();
  front.slow(0);
});

test('answering 429 to everything: the backlog is shown, and drains by itself', async () => {
  front.answerInstead((method) => (method === 'GET' ? undefined : 429));
  await rig.send(400);
  await eventually(async () => (await health())?.state).toBe('degraded');
  await eventually(() => front.answered).toBeGreaterThan(2);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state.records).toBe(rig.total);
  front.answerInstead(undefined);
  await expectWhole();
  await eventually(health).toMatchObject({ state: 'ok' });
});

test('down for a backlog of several journal files: nothing is lost or doubled when it is back', async () => {
  front.answerInstead(() => 'reset');
  for (let round = 0; round < 6; round++) await rig.send(200, undefined, 'x'.repeat(100));
  await eventually(async () => (await health())?.state).not.toBe('ok');
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state.records).toBe(rig.total);
  front.answerInstead(undefined);
  await expectWhole();
});

test('rejecting one record: it is quarantined with the reason, and stops nobody else', async () => {
  rig.now += MICROS_PER_DAY;
  // An index of that day in which a field is something else than we say.
  const index = `logmaster-default-${utcDay(rig.now).replaceAll('-', '.')}`;
  await server.ask('PUT', `/${index}`, { mappings: { properties: { 'rule.id': { type: 'ip' } } } });
  await rig.send(20);
  rig.journal.append(FIREWALL, Buffer.from(POLICY), 0);
  await rig.send(20);
  await eventually(() => rig.processor.quarantine.records.size).toBe(1);
  const file = await readFile(path.join(rig.layout.segments, 'quarantine.jsonl'), 'utf8');
  expect(file).toMatch(/"reason":"[^"]*document_parsing_exception/);
  await expectWhole(1);
});
