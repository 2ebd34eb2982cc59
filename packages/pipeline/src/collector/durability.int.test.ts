import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../testing/collector-rig.ts';
import type { CollectorOptions } from './collector-options.ts';

let keeper: Keeper;
let rig: CollectorRig;
let ports: readonly number[] = [];
beforeAll(async () => {
  keeper = await openKeeper('test-durability');
});
afterAll(() => keeper.close());
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });

async function start(options: Partial<CollectorOptions> = {}) {
  ports = await freePorts(3);
  const [syslogPort = 0, relp = 0, beats = 0] = ports;
  rig = await CollectorRig.start({ syslogPort, relp: { port: relp }, beats: { port: beats }, ...options });
}

const OPEN = 'relp_version=0\ncommands=syslog';
const relpOpen = `1 open ${OPEN.length} ${OPEN}\n`;
const relpFrame = (transaction: number, text: string) => `${transaction} syslog ${text.length} ${text}\n`;
const oks = (heard: string) => heard.match(/^\d+ rsp 6 200 OK$/gm)?.length ?? 0;

function beatsWindow(json: string): Buffer {
  const bytes = Buffer.alloc(16 + json.length);
  bytes.write('2W', 0);
  bytes.writeUInt32BE(1, 2);
  bytes.write('2J', 6);
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(json.length, 12);
  bytes.write(json, 16);
  return bytes;
}

test('an acknowledgement never precedes the fdatasync that covers its record', async () => {
  await start();
  const relp = await rig.talk(ports[1] as number);
  const beats = await rig.talk(ports[2] as number);
  relp.socket.write(relpOpen + relpFrame(2, '<134>first'));
  await eventually(() => oks(relp.heard())).toBe(1);
  // One commit is held; what comes meanwhile waits for the next one.
  rig.disk.hold();
  const synced = rig.disk.synced;
  relp.socket.write(relpFrame(3, '<134>second'));
  beats.socket.write(beatsWindow('{"a":1}'));
  await eventually(() => rig.collector.journal.appendedRecords).toBe(3);
  relp.socket.write(relpFrame(4, '<134>third'));
  await eventually(() => rig.collector.journal.appendedRecords).toBe(4);
  // The bytes are in the file; only the fdatasync is missing.
  await eventually(async () => (await rig.texts()).length).toBeGreaterThan(1);
  expect(rig.disk.synced).toBe(synced);
  expect([oks(relp.heard()), beats.heard()]).toEqual([1, '']);
  expect(rig.collector.state.journaled).toBe(1);
  rig.disk.release();
  await eventually(() => [oks(relp.heard()), beats.heard()]).toEqual([3, '2A\0\0\0\x01']);
});

test('a failed fdatasync ends acknowledgements for good: senders are sent away, what was not durable is counted', async () => {
  await start();
  const relp = await rig.talk(ports[1] as number);
  const tcp = await rig.talk(ports[0] as number);
  relp.socket.write(relpOpen + relpFrame(2, '<134>durable'));
  await eventually(() => oks(relp.heard())).toBe(1);
  rig.disk.break('EIO');
  relp.socket.write(relpFrame(3, '<134>not durable'));
  await Promise.all([relp.closed, tcp.closed]);
  expect(oks(relp.heard())).toBe(1);
  // A disk that works again proves nothing about what it was given before.
  rig.disk.mend();
  const again = await rig.talk(ports[1] as number);
  await again.closed;
  expect(again.heard()).toBe('');
  expect(rig.collector.state).toMatchObject({ seen: 2, journaled: 1, dropped: { 'journal-failed': 1 } });
  expect(rig.events.count('journal_failed')).toBe(1);
  expect(rig.collector.journal.failure?.message).toContain('EIO');
});

test('a full disk slows senders and damages nothing; when there is room again, all goes on', async () => {
  const mount = await keeper.mountSmallDisk('journal', 48 * 1024 * 1024);
  const filler = path.join(mount, 'filler');
  await mkdir(path.join(mount, 'journal'));
  await writeFile(filler, Buffer.alloc(44 * 1024 * 1024));
  await start({ journalFolder: path.join(mount, 'journal'), pendingLimitBytes: 1024 * 1024, rotateBytes: 1024 * 1024 });
  const relp = await rig.talk(ports[1] as number);
  const tcp = await rig.talk(ports[0] as number);
  const count = 12_000;
  const padding = 'x'.repeat(1000);
  relp.socket.write(relpOpen);
  for (let i = 0; i < count; i++) relp.socket.write(relpFrame(i + 2, `<134>${padding} number=${i}`));
  for (let i = 0; i < count; i++) tcp.socket.write(`<134>${padding} number=${i}\n`);
  await eventually(() => rig.events.count('disk_full')).toBe(1);
  expect(rig.collector.journal).toMatchObject({ full: true, failure: undefined });
  await eventually(() => relp.socket.writableLength + tcp.socket.writableLength).toBeGreaterThan(0);
  const { journaled } = rig.collector.state;
  expect(oks(relp.heard())).toBeLessThanOrEqual(journaled);
  expect(journaled).toBeLessThan(2 * count);

  await rm(filler);
  await eventually(() => rig.collector.state.journaled).toBe(2 * count);
  await eventually(() => oks(relp.heard())).toBe(count);
  expect(rig.collector.state).toMatchObject({ seen: 2 * count, dropped: {} });
  expect(rig.events.count('disk_has_room')).toBe(1);
  const numbers = (await rig.texts()).map((text) => Number(/number=(\d+)/.exec(text)?.[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2)));
});

test('a stop on a full disk comes to its end, and the next start reads what was whole', async () => {
  const mount = await keeper.mountSmallDisk('stop', 4 * 1024 * 1024);
  const journalFolder = path.join(mount, 'journal');
  await mkdir(journalFolder);
  await start({ journalFolder });
  const relp = await rig.talk(ports[1] as number);
  relp.socket.write(relpOpen);
  for (let i = 0; i < 6000; i++) relp.socket.write(relpFrame(i + 2, `<134>${'x'.repeat(1000)} number=${i}`));
  await eventually(() => rig.events.count('disk_full')).toBe(1);
  await rig.collector.stop().catch(() => undefined);
  const acknowledged = oks(relp.heard());
  expect(rig.collector.state.journaled).toBeGreaterThanOrEqual(acknowledged);
  // Whole blocks of the write that was refused are in the file, too: unacknowledged, and read all the same.
  expect((await rig.records()).length).toBeGreaterThanOrEqual(rig.collector.state.journaled);
});
