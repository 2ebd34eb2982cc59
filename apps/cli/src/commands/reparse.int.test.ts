import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MAPPING, Rig } from '@logmaster/pipeline/testing/rig';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import { reparse } from './reparse.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.create();
  rig.mapping = MAPPING;
  await rig.journal.start();
  await rig.startProcessor();
});
afterEach(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });

async function run(...args: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  err.resume();
  const to = new Date(rig.now / 1000 + 60_000).toISOString();
  const code = await reparse.run([...args, '--to', to, '--data', rig.layout.root], { out, err });
  out.end();
  return { code, lines: (await text(out)).trimEnd().split('\n') };
}

test('records that the index refused are tried again, and what is in no sealed segment is said', async () => {
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(1);
  rig.poison = 'poison';
  await rig.send(3, undefined, 'plain text');
  await rig.send(2, undefined, 'poison');
  await eventually(() => rig.processor.quarantine.records.size).toBe(2);
  await eventually(() => rig.indexed()).toBe(3);

  expect((await run('--dry-run')).lines).toContain('2 are in quarantine and would be tried again');
  const refused = await run();
  expect(refused.code).toBe(EXIT.doesNotHold);
  expect(refused.lines).toContain('  2 in quarantine, refused by the index again; quarantine list says why');

  rig.poison = undefined;
  expect((await run('--site', 'istanbul', '--device', 'd1')).lines).toEqual([
    '3 records were not parsed whole',
    '  now: 0 ok, 0 partial, 0 failed, 0 raw',
    '  0 are in the index with their new event',
    '2 of the quarantine were tried again',
    '  2 are in the index now',
    'left out:',
    '  3 in open segments, which are closed within the hour; run this again then',
  ]);
  expect([await rig.indexed(), rig.processor.quarantine.records.size]).toEqual([5, 0]);
});
