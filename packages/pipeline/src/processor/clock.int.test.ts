import { FULL_SCOPE } from '@logmaster/core/scope';
import { MICROS_PER_SECOND, microsToRfc3339 } from '@logmaster/core/time';
import { afterEach, expect, test } from 'vitest';
import { FIREWALL, Rig } from '../testing/rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});

const HOUR = 3600 * MICROS_PER_SECOND;
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
const numbers = async () => (await rig.evidence()).map(({ number }) => number).sort((a, b) => a - b);
const failures = async () => (await rig.verify()).findings.filter(({ severity }) => severity === 'failure');

async function start(now?: number): Promise<void> {
  rig = await Rig.create(now);
  await rig.journal.start();
  await rig.startProcessor();
}

/** Everything that was sent is sealed and indexed, in unbroken periods. */
async function expectWhole(): Promise<void> {
  rig.passBoundary();
  await rig.untilSealed();
  await eventually(() => rig.indexed()).toBe(rig.total);
  expect(await numbers()).toEqual(Array.from({ length: rig.total }, (_, i) => i));
  expect(await failures()).toEqual([]);
}

test('clock set forward an hour and back again: nothing is lost, times never go back, what was held is flagged', async () => {
  await start();
  await rig.send(10);
  rig.now += HOUR;
  await rig.send(10);
  rig.now -= HOUR;
  await rig.send(10);
  // Until it has caught up every period would end in the future: the next one begins then.
  rig.now += HOUR;
  await rig.send(10);
  await expectWhole();
  const records = (await rig.evidence()).sort((a, b) => a.number - b.number);
  const times = records.map(({ receivedAt }) => receivedAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const held = records.filter(({ flags }) => flags.includes('c')).map(({ number }) => number);
  expect(held).toEqual(Array.from({ length: 10 }, (_, i) => 20 + i));
});

/** The year whose end comes next, if a certificate of today is good for it. */
function endingYear(): number {
  const soon = new Date(Date.now() + 2 * 86_400_000);
  return soon.getTime() > Date.UTC(soon.getUTCFullYear(), 11, 31) ? soon.getUTCFullYear() + 1 : soon.getUTCFullYear();
}

test('turn of the year: stamps without a year get the one they belong to, whichever side of midnight they arrive', async () => {
  const year = endingYear();
  // In İstanbul.
  const midnight = Date.UTC(year, 11, 31, 21) * 1000;
  await start(midnight - 5 * MICROS_PER_SECOND);
  const say = (stamp: string, name: string) => {
    rig.now += 1000;
    rig.journal.append(FIREWALL, Buffer.from(`<134>${stamp} fw-ist test: ${name}`), 0);
    return rig.journal.commit();
  };
  await say('Dec 31 23:59:54', 'in-time');
  await say('Jan  1 00:00:03', 'ahead');
  rig.now = midnight + 2 * MICROS_PER_SECOND;
  await say('Dec 31 23:59:58', 'late');
  await say('Jan  1 00:00:02', 'new-year');
  rig.passBoundary();
  await eventually(() => rig.indexed()).toBe(4);
  await rig.untilSealed(4);
  const { events } = await rig.store.search({ text: '', scope: FULL_SCOPE }, { size: 10 });
  const times = Object.fromEntries(
    events.map((event) => [event.message, microsToRfc3339(event['@timestamp'] as number)]),
  );
  expect(times).toEqual({
    'in-time': `${year}-12-31T20:59:54.000000Z`,
    ahead: `${year}-12-31T21:00:03.000000Z`,
    late: `${year}-12-31T20:59:58.000000Z`,
    'new-year': `${year}-12-31T21:00:02.000000Z`,
  });
  expect(await failures()).toEqual([]);
});
