import dgram from 'node:dgram';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CollectorRig } from '../../testing/collector-rig.ts';

let rig: CollectorRig;
let syslog = 0;
let relp = 0;
beforeEach(async () => {
  [syslog = 0, relp = 0] = await freePorts(2);
  rig = await CollectorRig.start({
    syslogPort: syslog,
    relp: { port: relp },
    timeouts: { firstByteMs: 500, idleMs: 500, stallMs: 500 },
  });
});
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const PADDING = 'x'.repeat(1000);
const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `<134>${name} ${PADDING} number=${i}\n`).join('');
/** More than the kernel holds of a connection and one read. */
const MANY = 12_000;

async function standstill(): Promise<void> {
  let before = -1;
  await expect
    .poll(
      () => {
        const taken = rig.collector.journal.appendedRecords;
        const same = before === taken;
        before = taken;
        return same;
      },
      { timeout: 60_000, interval: 300 },
    )
    .toBe(true);
}

test('on a full disk connections stand still and stay, datagrams are dropped and counted; then all goes on', async () => {
  const early = await rig.connect(syslog);
  rig.collector.slow({ bytesPerSecond: 0, datagrams: false });
  const late = await rig.connect(syslog);
  const acknowledged = await rig.talk(relp);
  early.write(lines('early', MANY));
  late.write(lines('late', MANY));
  const open = 'relp_version=0\ncommands=syslog';
  acknowledged.socket.write(`1 open ${open.length} ${open}\n2 syslog 15 <134>relp hello\n`);
  const socket = dgram.createSocket('udp4');
  for (let i = 0; i < 20; i++)
    await new Promise((resolve) => socket.send(`<134>datagram ${i}`, syslog, '127.0.0.1', resolve));
  await eventually(() => rig.collector.state.dropped).toEqual({ 'disk-full': 20 });
  await standstill();
  // One read of the connection that was open before, nothing of the others; none is closed for its silence.
  expect(rig.collector.journal.appendedRecords).toBeLessThan(200);
  expect(early.writableLength + late.writableLength).toBeGreaterThan(0);
  expect(acknowledged.heard()).toBe('');
  expect(rig.collector.state.connections).toBe(3);

  rig.collector.slow({ bytesPerSecond: undefined, datagrams: true });
  await new Promise((resolve) => socket.send('<134>datagram taken', syslog, '127.0.0.1', resolve));
  socket.close();
  await eventually(() => rig.collector.state.journaled).toBe(2 * MANY + 2);
  expect(rig.collector.state.dropped).toEqual({ 'disk-full': 20 });
  expect(rig.collector.state.seen).toBe(2 * MANY + 22);
  await eventually(() => acknowledged.heard()).toContain('2 rsp 6 200 OK');
  const texts = await rig.texts();
  for (const name of ['early', 'late'])
    expect(texts.filter((text) => text.startsWith(`<134>${name} `)).map((text) => /\d+$/.exec(text)?.[0])).toEqual(
      Array.from({ length: MANY }, (_, i) => String(i)),
    );
});

test('short of room senders go on at the pace that is given, each in its turn, and nothing is lost', async () => {
  rig.collector.slow({ bytesPerSecond: 4 * 1024 * 1024, datagrams: true });
  const senders = await Promise.all(Array.from({ length: 5 }, () => rig.connect(syslog)));
  for (const [index, sender] of senders.entries()) sender.end(lines(`s${index}`, 2000));
  await eventually(() => rig.collector.state.journaled).toBe(10_000);
  expect(rig.collector.state.unusual.slowed_for_disk).toBeGreaterThan(20);
  expect(rig.collector.state.dropped).toEqual({});
});
