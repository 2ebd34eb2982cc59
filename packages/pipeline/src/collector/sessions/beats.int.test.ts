import { deflateSync } from 'node:zlib';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { buildLumberSender, type LumberSender } from '@logmaster/testkit/services/lumber-sender';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../../testing/collector-rig.ts';
import type { CollectorOptions } from '../collector-options.ts';
import { MAX_INFLATED_BYTES } from './beats-session.ts';

let keeper: Keeper;
let sender: LumberSender;
let rig: CollectorRig;
let port = 0;
beforeAll(async () => {
  keeper = await openKeeper('test-beats');
  sender = await buildLumberSender();
});
afterAll(async () => {
  await sender.remove();
  await keeper.close();
});
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const unusual = () => rig.collector.state.unusual;

async function start(options: Partial<CollectorOptions> = {}) {
  const [syslogPort = 0, beatsPort = 0] = await freePorts(2);
  port = beatsPort;
  rig = await CollectorRig.start({ syslogPort, beats: { port }, ...options });
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const windowOf = (count: number) => Buffer.concat([Buffer.from('2W'), u32(count)]);
const event = (sequence: number, json: string | Buffer) =>
  Buffer.concat([Buffer.from('2J'), u32(sequence), u32(Buffer.byteLength(json)), Buffer.from(json)]);
const packed = (bytes: Buffer, zlib = deflateSync(bytes)) => Buffer.concat([Buffer.from('2C'), u32(zlib.length), zlib]);
const answer = (sequence: number) => Buffer.concat([Buffer.from('2A'), u32(sequence)]).toString('hex');

const connect = () => rig.talk(port, 'hex');

function numbers(texts: readonly string[]): number[] {
  return texts.map((text) => Number(/number=(\d+)/.exec(text)?.[1])).toSorted((a, b) => a - b);
}

test.each([
  ['one window at a time, compressed', { events: 1000, window: 100 }],
  ['plain', { events: 1000, window: 100, compression: 0 }],
  ['pipelined, windows of 2048, large events', { events: 10_000, window: 2048, inflight: 4, padding: 1000 }],
  ['a window for each event', { events: 50, window: 1 }],
])("Elastic's own client, %s", async (_name, options) => {
  await start();
  expect(await sender.send({ port, ...options })).toBe(options.events);
  expect(rig.collector.state.journaled).toBe(options.events);
  const texts = await rig.texts();
  expect(numbers(texts)).toEqual(Array.from({ length: options.events }, (_, i) => i));
  expect(JSON.parse(texts[0] ?? '')).toMatchObject({ message: 'number=0' });
  expect((await rig.records())[0]?.source).toMatchObject({ transport: 'beats', address: '127.0.0.1' });
});

test("Elastic's own client over TLS", async () => {
  const authority = await makeCertificateAuthority(keeper);
  const { certificateFile: certificate, keyFile: key } = await authority.issue('beats');
  const [beatsPort = 0] = await freePorts(1);
  await start({ beats: { port: beatsPort, tls: { files: { certificate, key }, clientCertificates: 'none' } } });
  expect(await sender.send({ port: beatsPort, events: 500, window: 100, authority: authority.file })).toBe(500);
  expect(numbers(await rig.texts())).toHaveLength(500);
});

test('the JSON is kept as it came, also what no parser would take', async () => {
  await start();
  const { socket, heard: answers } = await connect();
  const odd = ['{ "a" : 1 }', 'no json', '{"nul":"\0"}', Buffer.from([0x7b, 0xff, 0x7d])];
  socket.write(Buffer.concat([windowOf(5), ...odd.map((json, i) => event(i + 1, json)), event(5, '')]));
  await eventually(answers).toBe(answer(5));
  expect(await rig.texts()).toEqual(['{ "a" : 1 }', 'no json', '{"nul":"\0"}', '{\xff}']);
  expect(unusual()).toMatchObject({ nul: 1, invalid_utf8: 1, empty: 1 });
  socket.destroy();
});

test('a large window is acknowledged in parts, its end exactly; an empty window is answered', async () => {
  await start();
  const { socket, heard: answers } = await connect();
  socket.write(windowOf(0));
  await eventually(answers).toBe(answer(0));
  socket.write(Buffer.concat([windowOf(3), event(1, '{"n":1}')]));
  await eventually(answers).toBe(answer(0) + answer(1));
  socket.write(Buffer.concat([event(2, '{"n":2}'), event(3, '{"n":3}'), windowOf(1), event(1, '{"n":4}')]));
  await eventually(answers).toBe(answer(0) + answer(1) + answer(3) + answer(1));
  socket.destroy();
});

test('an event over the limit is cut, flagged and acknowledged', async () => {
  await start();
  const { socket, heard: answers } = await connect();
  socket.write(Buffer.concat([windowOf(1), packed(event(1, `{"long":"${'x'.repeat(200_000)}"}`))]));
  await eventually(answers).toBe(answer(1));
  const [record] = await rig.records();
  expect(record).toMatchObject({ flags: 4 });
  expect(record?.raw).toHaveLength(65_536);
  socket.destroy();
});

test('a sender that ends its side after the last event still gets its answer', async () => {
  await start();
  const { socket, closed, heard: answers } = await connect();
  socket.end(Buffer.concat([windowOf(2), packed(Buffer.concat([event(1, '{"n":1}'), event(2, '{"n":2}')]))]));
  await closed;
  expect(answers()).toBe(answer(2));
});

const two = Buffer.concat([event(1, '{"n":1}'), event(2, '{"n":2}')]);
test.each([
  ['version 1', Buffer.from('1W\0\0\0\x01'), 0],
  ['a data frame', Buffer.concat([windowOf(1), Buffer.from('2D\0\0\0\x01\0\0\0\0')]), 0],
  ['an event without a window', event(1, '{}'), 0],
  ['a sequence that jumps', Buffer.concat([windowOf(3), event(1, '{"n":1}'), event(3, '{"n":3}')]), 1],
  ['a sequence that stands still', Buffer.concat([windowOf(3), event(1, '{"n":1}'), event(1, '{"n":1}')]), 1],
  ['more events than the window', Buffer.concat([windowOf(1), two]), 1],
  ['a window inside a window', Buffer.concat([windowOf(3), two, windowOf(3)]), 2],
  ['a length that lies', Buffer.concat([windowOf(1), Buffer.from('2J'), u32(1), u32(0xffff_fff0)]), 0],
  ['what is no zlib', Buffer.concat([windowOf(1), packed(two, Buffer.from('not zlib at all'))]), 0],
  ['zlib that ends early', Buffer.concat([windowOf(2), packed(two, deflateSync(two).subarray(0, -9))]), undefined],
  ['bytes behind the zlib', Buffer.concat([windowOf(2), packed(two, Buffer.concat([deflateSync(two), two]))]), 2],
  ['an event cut off inside', Buffer.concat([windowOf(2), packed(two.subarray(0, -3))]), 1],
  ['a window inside a compressed frame', Buffer.concat([windowOf(1), packed(windowOf(1))]), 0],
])('%s: counted, closed, nothing more acknowledged', async (_name, bytes, kept) => {
  await start();
  const { socket, closed } = await connect();
  socket.write(bytes);
  await closed;
  expect(unusual()).toMatchObject({ bad_beats: 1 });
  if (kept !== undefined) await eventually(() => rig.collector.state.journaled).toBe(kept);
});

test('a bomb is refused before it is unpacked: counted, closed, the memory stays', async () => {
  await start();
  const json = Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(4 * 1024 * 1024, ' '), Buffer.from('"}')]);
  const count = Math.ceil((MAX_INFLATED_BYTES * 4) / json.length);
  const bomb = packed(Buffer.concat(Array.from({ length: count }, (_, i) => event(i + 1, json))));
  expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
  const before = process.memoryUsage.rss();
  const { socket, closed } = await connect();
  socket.write(Buffer.concat([windowOf(count), bomb]));
  await closed;
  expect(unusual()).toMatchObject({ beats_bomb: 1 });
  expect(process.memoryUsage.rss() - before).toBeLessThan(MAX_INFLATED_BYTES);
  // What came before the limit was records like any other.
  expect(rig.collector.state.seen).toBeLessThan(count / 2);
});
