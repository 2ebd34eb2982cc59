import { rename } from 'node:fs/promises';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SegmentLayout } from '../segments/layout.ts';
import { FIREWALL, MAPPING, Rig, STRANGER } from '../testing/rig.ts';
import { IndexShedder } from './index-shedder.ts';

const EVERYTHING = { text: '', scope: FULL_SCOPE };
const ALL_BYTES = Number.MAX_SAFE_INTEGER;

let rig: Rig;
let shedder: IndexShedder;
beforeEach(async () => {
  rig = await Rig.create();
  rig.mapping = MAPPING;
  await rig.journal.start();
  await start();
});
afterEach(async () => {
  await shedder.stop();
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});

async function start(): Promise<void> {
  await rig.startProcessor();
  shedder = new IndexShedder({
    node: 'node1',
    layout: new SegmentLayout(rig.layout.segments),
    archive: rig.layout.archive,
    index: rig.sheddable,
    quarantined: () => rig.processor.quarantine.records,
    toEvent: (record, site) => rig.processor.eventOf(record, site),
    events: createEvents(createLogger('shedder', 'silent'), createRegistry()),
  });
}

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
const allEvents = async () => {
  const { events } = await rig.store.search(EVERYTHING, { size: 1000 }, { onNotice: () => undefined });
  return events;
};
const indexed = () => rig.store.count(EVERYTHING, { onNotice: () => undefined });

async function shedAll(): Promise<void> {
  do shedder.order({ shedBytes: ALL_BYTES, restoreBytes: 0 });
  while (await shedder.step());
}

async function restoreAll(): Promise<void> {
  do shedder.order({ shedBytes: 0, restoreBytes: ALL_BYTES });
  while (await shedder.step());
}

/** Two sites, several batches, all sealed and in the archive. */
async function sealed(rounds = 2): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    await rig.send(40, FIREWALL, 'devname="FGT" srcip=10.0.0.5 action="close"');
    await rig.send(30, STRANGER);
    rig.passBoundary();
    await rig.untilSealed();
    await eventually(() => rig.indexed()).toBe(rig.total);
  }
}

test('what is sealed goes and comes back the same; what is not sealed stays', async () => {
  await eventually(() => rig.processor.poller.error).toBeUndefined();
  await sealed();
  await rig.send(25);
  await eventually(() => rig.indexed()).toBe(rig.total);
  const before = await allEvents();
  await shedAll();
  expect(shedder.state).toMatchObject({ records: 140, restoring: false });
  expect(await indexed()).toBe(25);
  // What is open is flushed by size or after a second.
  await eventually(async () => (await rig.evidence()).length).toBe(rig.total);

  await rig.send(5);
  await eventually(indexed).toBe(30);
  shedder.order({ shedBytes: 0, restoreBytes: 0 });
  expect(await shedder.step()).toBe(false);
  await restoreAll();
  expect(shedder.state).toEqual({ records: 0, days: [], restoring: false });
  expect((await allEvents()).slice(5)).toEqual(before);
});

test('with the archive away it comes back from the segments that wait for it', async () => {
  const away = `${rig.layout.archive}.away`;
  await sealed(1);
  const older = await allEvents();
  await shedAll();
  await rename(rig.layout.archive, away);
  await rig.send(50);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state).toMatchObject({ records: rig.total });
  await eventually(indexed).toBe(50);
  const newer = await allEvents();
  await shedAll();
  expect(await indexed()).toBe(0);
  await restoreAll();
  // What was in the archive can not be read now: it stays out, and says so.
  expect(await indexed()).toBe(50);
  expect(shedder.state).toMatchObject({ records: 70, error: expect.stringContaining('not as many') });
  await rename(away, rig.layout.archive);
  await eventually(async () => {
    await restoreAll();
    return shedder.state;
  }).toEqual({ records: 0, days: [], restoring: false });
  expect(await allEvents()).toEqual([...newer, ...older]);
});

test('after a restart it is still out, and a day that is packed meanwhile needs no restore', async () => {
  await sealed();
  await shedAll();
  const { state } = shedder;
  await shedder.stop();
  await rig.stopProcessor();
  await start();
  expect(shedder.state).toEqual(state);
  // The next day begins: the sealer packs this one.
  const day = utcDay(rig.now);
  rig.now += MICROS_PER_DAY;
  await rig.send(1);
  await eventually(() => shedder.state.records).toBe(0);
  for (const site of ['istanbul', 'unassigned']) await rig.untilPacked(site, day);
  await eventually(() => rig.indexed()).toBe(rig.total);
  expect((await rig.verify()).findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
});
