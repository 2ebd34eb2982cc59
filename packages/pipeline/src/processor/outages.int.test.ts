import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { dayStart, MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealerReportOf } from '../sealer/sealer-report.ts';
import { FIREWALL, MAPPING, Rig, STRANGER, STREAM } from '../testing/rig.ts';
import { type ReplayAnswer, ReplayFiles } from './quarantine/replay-files.ts';
import { reportOf } from './report.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.create();
  await rig.journal.start();
  await rig.startProcessor();
});
afterEach(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
const numbers = async () => (await rig.evidence()).map(({ number }) => number).sort((a, b) => a - b);
const allNumbers = () => Array.from({ length: rig.total }, (_, i) => i);
const failures = async () => (await rig.verify()).findings.filter(({ severity }) => severity === 'failure');
const part = async (name: string) => {
  const { parts } = await reportOf(rig.processor, () => rig.store.health(), rig.now);
  return [...parts, ...sealerReportOf(rig.sealer.sealer.state, rig.now).parts].find((each) => each.name === name);
};
const journalFiles = async () => (await readdir(path.join(rig.layout.journal, STREAM))).join();

test('index away: receiving and sealing go on, the journal is kept, and the backlog drains by itself', async () => {
  await rig.send(50);
  await eventually(() => rig.indexed()).toBe(50);
  rig.away.index = true;
  for (let round = 0; round < 3; round++) {
    await rig.send(400);
    rig.passBoundary();
    const rounds = round + 1;
    await eventually(() => rig.sealer.sealer.state.segments).toBeGreaterThanOrEqual(rounds);
  }
  await eventually(() => rig.sealer.sealer.state.records).toBe(1250);
  await eventually(async () => (await part('index'))?.state).toBe('degraded');
  await eventually(() => rig.processor.segments.durable[STREAM]?.journal).toBeGreaterThan(1);
  await rig.processor.removeDoneJournals();
  expect(await rig.indexed()).toBe(50);
  expect(await journalFiles()).toContain('0000000001.lmj');
  // A new process holds no file open that was removed from under it.
  await rig.stopProcessor();
  await rig.startProcessor();
  rig.away.index = false;
  await eventually(() => rig.indexed()).toBe(1250);
  await rig.untilSealed();
  await eventually(() => journalFiles()).not.toContain('0000000001.lmj');
  expect(await failures()).toEqual([]);
});

test('TSA away: sealing goes on, stamps are caught up, nothing is stamped by anyone else', async () => {
  rig.away.tsa = true;
  await rig.send(10);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state).toMatchObject({ waiting: 0, records: 10 });
  await eventually(async () => (await part('tsa'))?.state).toBe('degraded');
  expect(rig.sealer.sealer.state.unstamped).toBeGreaterThan(0);
  const files = await readdir(rig.layout.archive, { recursive: true });
  expect(files.filter((name) => name.endsWith('seal.tsr'))).toEqual([]);
  rig.away.tsa = false;
  await eventually(() => rig.sealer.sealer.state.unstamped).toBe(0);
  expect((await part('tsa'))?.state).toBe('ok');
  expect(await failures()).toEqual([]);
});

test('TSA away over a restart: what lacks its stamp is found again', async () => {
  rig.away.tsa = true;
  await rig.send(10);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state).toMatchObject({ waiting: 0, records: 10 });
  // The plans are gone, so nothing but the archive itself tells what lacks a stamp.
  await eventually(async () => (await readdir(rig.layout.segments, { recursive: true })).join()).not.toContain(
    '.plan.',
  );
  await rig.stopProcessor();
  rig.away.tsa = false;
  await rig.startProcessor();
  await eventually(async () => (await readdir(rig.layout.archive, { recursive: true })).join()).toContain('seal.tsr');
  await eventually(() => rig.sealer.sealer.state.unstamped).toBe(0);
  expect(await failures()).toEqual([]);
});

test('archive away: sealed segments wait and are published when it is back', async () => {
  await rig.send(10);
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state).toMatchObject({ waiting: 0, records: 10 });
  const hidden = `${rig.layout.archive}.away`;
  await rename(rig.layout.archive, hidden);
  await rig.send(10);
  rig.passBoundary();
  await eventually(async () => (await part('archive'))?.state).toBe('degraded');
  await eventually(() => rig.sealer.sealer.state.waiting).toBeGreaterThan(0);
  await eventually(() => rig.indexed()).toBe(20);
  await rename(hidden, rig.layout.archive);
  await rig.untilSealed();
  expect(await failures()).toEqual([]);
  expect(await numbers()).toEqual(allNumbers());
});

test('database away: the last assignment is used, also after a restart, and sightings wait', async () => {
  rig.mapping = MAPPING;
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(1);
  rig.away.database = true;
  await eventually(async () => (await part('database'))?.state).toBe('degraded');
  const before = rig.sightings.reduce((sum, sighting) => sum + sighting.records, 0);
  expect(before).toBe(0);
  await rig.send(10);
  await eventually(() => rig.indexed('logmaster.site.id:istanbul')).toBe(10);
  await rig.stopProcessor();
  await rig.startProcessor();
  await rig.send(5);
  await eventually(() => rig.indexed('logmaster.site.id:istanbul')).toBe(15);
  rig.away.database = false;
  await eventually(() => rig.sightings.find(({ address }) => address === FIREWALL.address)?.records).toBe(5);
});

test('a change of assignment never re-routes: evidence and index agree record by record', async () => {
  // The index is behind when the assignment changes, so it routes by what applied then.
  rig.away.index = true;
  await rig.send(20);
  await rig.send(5, STRANGER);
  await eventually(() => rig.processor.segments.positions[STREAM]?.sequence).toBeGreaterThanOrEqual(25);
  rig.mapping = MAPPING;
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(1);
  await rig.send(30);
  await rig.send(5, STRANGER);
  await rig.stopProcessor();
  await rig.startProcessor();
  rig.away.index = false;
  await eventually(() => rig.indexed()).toBe(60);
  rig.passBoundary();
  await rig.untilSealed();
  const sites = (await rig.evidence()).reduce<Record<string, number>>((sum, { site }) => {
    sum[site] = (sum[site] ?? 0) + 1;
    return sum;
  }, {});
  expect(sites).toEqual({ unassigned: 30, istanbul: 30 });
  expect(await rig.indexed('logmaster.site.id:istanbul AND logmaster.device.id:d1')).toBe(30);
  expect(await rig.indexed('logmaster.site.id:unassigned')).toBe(30);
});

test('a record that the index refuses is sealed, kept in quarantine, and stops nobody else', async () => {
  rig.poison = 'poison';
  await rig.send(33);
  await rig.send(1, FIREWALL, 'poison');
  await rig.send(33);
  await eventually(() => rig.indexed()).toBe(66);
  await eventually(() => [...rig.processor.quarantine.records]).toEqual([
    expect.stringMatching(/^node1\.w0\.\d+\.\d+$/),
  ]);
  const [entry] = await rig.processor.quarantine.read();
  expect(entry).toMatchObject({ cause: 'refused', site: 'unassigned', record: { address: FIREWALL.address } });
  expect(Buffer.from(entry?.record.raw ?? '', 'base64').toString()).toBe('<134>number=33 poison');
  rig.passBoundary();
  await eventually(() => rig.sealer.sealer.state.records).toBe(67);
  await rig.send(1);
  await eventually(() => rig.indexed()).toBe(67);
});

test('a quarantined record is replayed while everything runs: once in the index, and out of the quarantine', async () => {
  rig.poison = 'poison';
  await rig.send(5);
  await rig.send(2, FIREWALL, 'poison');
  await eventually(() => rig.processor.quarantine.records.size).toBe(2);
  const [first = '', second = ''] = rig.processor.quarantine.records;
  const files = new ReplayFiles(path.join(rig.layout.segments, '.replay'));
  const replay = async (ids: string[] | 'all') => {
    const name = await files.ask({ ids });
    let answer: ReplayAnswer | undefined;
    await eventually(async () => {
      answer = await files.takeAnswer(name);
      return answer;
    }).toBeDefined();
    return answer;
  };
  expect(await replay([first])).toMatchObject({ replayed: [], failed: [{ id: first }], unknown: [] });
  rig.poison = undefined;
  expect(await replay([first, 'node1.w0.9.9'])).toEqual({ replayed: [first], failed: [], unknown: ['node1.w0.9.9'] });
  expect(await rig.indexed()).toBe(6);
  expect(await rig.indexed(`logmaster.record.id:"${first}"`)).toBe(1);

  // Ended in the middle of one: told, not tried again by itself.
  await rig.stopProcessor();
  const name = await files.ask({ ids: 'all' });
  await files.begin(name);
  await rig.startProcessor();
  const reason = 'the processor ended while it replayed';
  expect(await files.takeAnswer(name)).toEqual({ replayed: [], failed: [{ id: second, reason }], unknown: [] });
  expect(await replay('all')).toEqual({ replayed: [second], failed: [], unknown: [] });
  expect(await rig.processor.quarantine.read()).toEqual([]);
  expect(await rig.indexed()).toBe(7);
});

test('clock set back an hour: times are held and flagged, periods stay unbroken', async () => {
  await rig.send(10);
  rig.now -= 3_600_000_000;
  await rig.send(10);
  rig.now += 3_600_000_000;
  rig.passBoundary();
  await rig.send(10);
  rig.passBoundary();
  await rig.untilSealed();
  const records = await rig.evidence();
  const held = records.filter(({ flags }) => flags.includes('c')).map(({ number }) => number);
  expect(held).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  const times = records.sort((a, b) => a.number - b.number).map(({ receivedAt }) => receivedAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(await failures()).toEqual([]);
});

test('a graceful restart leaves the segment open, and its period goes on', async () => {
  await rig.send(10);
  await eventually(() => rig.indexed()).toBe(10);
  await rig.stopProcessor();
  await rig.journal.stop();
  rig.journal = rig.newJournal();
  await rig.journal.start();
  await rig.startProcessor();
  expect(rig.sealer.sealer.state.segments).toBe(0);
  await rig.send(10);
  rig.passBoundary();
  await rig.untilSealed();
  expect(await numbers()).toEqual(allNumbers());
  expect(await failures()).toEqual([]);
});

test('days of silence while nothing ran: one statement a day, and each day is packed', async () => {
  await rig.send(10);
  await eventually(() => rig.indexed()).toBe(10);
  await rig.stopProcessor();
  await rig.journal.stop();
  const first = utcDay(rig.now);
  rig.now += 3 * MICROS_PER_DAY;
  rig.journal = rig.newJournal();
  await rig.journal.start();
  await rig.startProcessor();
  await rig.untilPacked('unassigned', utcDay(dayStart(first) + 2 * MICROS_PER_DAY));
  const names = await readdir(rig.layout.archive, { recursive: true });
  expect(names.filter((name) => /unassigned.*node1.day\.json$/.test(name))).toHaveLength(3);
  await rig.untilSealed();
  // A boundary a day and one for today, not one for each ten seconds of the outage.
  expect(rig.sealer.sealer.state.segments).toBeLessThan(8);
  expect(await failures()).toEqual([]);
  expect(await rig.indexed()).toBe(10);
});
