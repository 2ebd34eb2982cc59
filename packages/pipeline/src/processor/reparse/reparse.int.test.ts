import path from 'node:path';
import type { FlatEvent } from '@logmaster/core/event/event';
import { MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAPPING, Rig, STREAM } from '../../testing/rig.ts';
import { type ReparseAnswer, ReparseFiles, type ReparseProgress, type ReparseRequest } from './reparse-files.ts';

const TEXT = 'src=10.0.0.1 dst=10.0.0.2 proto=tcp action=deny';
const SITE = 'istanbul';
let rig: Rig;
let files: ReparseFiles;
beforeEach(async () => {
  rig = await Rig.create();
  rig.mapping = MAPPING;
  await rig.journal.start();
  await rig.startProcessor();
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(1);
  files = new ReparseFiles(path.join(rig.layout.segments, '.reparse'));
});
afterEach(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
const idOf = (number: number) => `${STREAM}.1.${number}`;
const eventsOf = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => rig.find(idOf(n))));

/** As a parser that knows less would have left them. */
async function forget(events: readonly (FlatEvent | null)[]): Promise<void> {
  const [first] = events as FlatEvent[];
  const day = utcDay(first?.['logmaster.received_at'] ?? 0);
  const poor = (events as FlatEvent[]).map((event): FlatEvent => {
    const { 'source.ip': _source, 'destination.ip': _destination, 'event.action': _action, ...rest } = event;
    return { ...rest, 'logmaster.parser': 'none', 'logmaster.parse.status': 'raw' };
  });
  expect(await rig.store.replace({ site: SITE, day }, poor)).toBe(events.length);
}

async function ask(more: Partial<ReparseRequest> = {}): Promise<ReparseAnswer> {
  const statuses: ReparseRequest['statuses'] = ['raw', 'partial'];
  const name = await files.ask({ statuses, from: 0, to: rig.now + 1, dryRun: false, ...more });
  const holder: { answer?: ReparseAnswer | undefined } = {};
  await eventually(async () => {
    holder.answer ??= await files.takeAnswer(name);
    return holder.answer;
  }).toBeDefined();
  return holder.answer as ReparseAnswer;
}

const seal = async () => {
  rig.passBoundary();
  await rig.untilSealed();
};

test('what a parser did not know is parsed again in place, once, and nothing else moves', async () => {
  await rig.send(40, undefined, TEXT);
  await eventually(() => rig.indexed()).toBe(40);
  await seal();
  const before = await eventsOf(40);
  expect(before[0]).toMatchObject({ 'logmaster.parse.status': 'ok', 'source.ip': '10.0.0.1' });
  await forget(before.slice(10, 30));
  expect(await rig.indexed('logmaster.parse.status:raw')).toBe(20);

  const after = { ok: 20, partial: 0, failed: 0, raw: 0 };
  const sums = { selected: 20, after, replaced: 20, unsealed: 0, elsewhere: 0, failures: [] };
  expect(await ask({ dryRun: true })).toEqual({ ...sums, replaced: 0 });
  expect(await rig.indexed('logmaster.parse.status:raw')).toBe(20);
  expect(await ask({ device: 'nobody' })).toMatchObject({ error: expect.any(String) });
  expect(await ask({ to: 1 })).toMatchObject({ selected: 0 });
  expect(await ask({ site: 'nowhere' })).toMatchObject({ error: expect.any(String) });
  expect(await ask({ device: 'fw-ist', site: SITE })).toEqual(sums);
  expect(await eventsOf(40)).toEqual(before);
  expect(await rig.indexed()).toBe(40);
  expect(await ask()).toMatchObject({ selected: 0, replaced: 0 });
  expect((await rig.verify()).holds).toBe(true);
});

test('what is not sealed yet is left and counted; a request that was under way goes on in the next life', async () => {
  await rig.send(10, undefined, TEXT);
  await eventually(() => rig.indexed()).toBe(10);
  const before = await eventsOf(10);
  await forget(before);
  expect(await ask()).toMatchObject({ selected: 10, replaced: 0, unsealed: 10 });
  await seal();
  await rig.stopProcessor();
  const name = await files.ask({ statuses: ['raw'], from: 0, to: rig.now + 1, dryRun: false });
  await files.begin(name);
  // Of the life before: it has begun this day, and another one is done.
  const day = utcDay(rig.now);
  const left: Pick<ReparseProgress, 'at' | 'last'> = { at: { site: SITE, day, attempts: 2 }, last: { site: 'a', day } };
  const sums = { selected: 3, after: { ok: 3, partial: 0, failed: 0, raw: 0 }, replaced: 3, unsealed: 0, elsewhere: 0 };
  await files.note(name, { ...sums, failures: [], done: 1, days: 2, ...left });
  await rig.startProcessor();
  const holder: { answer?: ReparseAnswer | undefined } = {};
  await eventually(async () => {
    holder.answer ??= await files.takeAnswer(name);
    return holder.answer;
  }).toMatchObject({ selected: 13, replaced: 13, failures: [] });
  expect(await eventsOf(10)).toEqual(before);
});

test('a packed day is parsed again from its records, and its sealed files stay as they are', async () => {
  await rig.send(30, undefined, TEXT);
  await eventually(() => rig.indexed()).toBe(30);
  const day = utcDay(rig.now);
  rig.now += MICROS_PER_DAY;
  await rig.send(1, undefined, TEXT);
  await rig.untilPacked(SITE, day);
  const before = await eventsOf(30);
  await forget(before.slice(0, 12));
  expect(await rig.indexed('logmaster.parse.status:raw')).toBe(12);
  expect(await ask()).toMatchObject({ selected: 12, replaced: 12, failures: [] });
  expect(await eventsOf(30)).toEqual(before);
  expect(await rig.indexed()).toBe(31);
  expect((await rig.verify()).holds).toBe(true);
  // The file of the rewrite before is gone, that of the archive is not.
  await rig.stopProcessor();
  await rig.startProcessor();
  expect(await eventsOf(30)).toEqual(before);
});
