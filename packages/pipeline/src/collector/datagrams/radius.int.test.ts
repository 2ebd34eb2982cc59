import { createHash } from 'node:crypto';
import dgram from 'node:dgram';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, expect, test } from 'vitest';
import { CollectorRig } from '../../testing/collector-rig.ts';
import { parseRadiusClients } from './radius-clients.ts';

const SECRET = 'a shared secret';
let rig: CollectorRig;
let port = 0;
const sockets: dgram.Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await rig.remove();
});
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });

async function start(): Promise<void> {
  const [syslogPort = 0, radiusPort = 0] = await freePorts(2);
  port = radiusPort;
  const clients = parseRadiusClients(`127.0.0.1 ${SECRET}\n127.0.0.3 another secret`, 'X');
  rig = await CollectorRig.start({ syslogPort, radius: { port, clients } });
}

/** A NAS that keeps what it is answered, as hex. */
async function nas(address = '127.0.0.1') {
  const socket = dgram.createSocket('udp4');
  sockets.push(socket);
  const answers: string[] = [];
  socket.on('message', (answer) => answers.push(answer.toString('hex')));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  const send = (bytes: Buffer) =>
    new Promise<void>((resolve) => socket.send(bytes, port, '127.0.0.1', () => resolve()));
  return { send, answers };
}

const md5 = (...parts: readonly (Buffer | string)[]) => {
  const sum = createHash('md5');
  for (const part of parts) sum.update(part);
  return sum.digest();
};

/** RFC 2866 §4.1 and §3, written here anew. */
function request(identifier: number, secret = SECRET, delay?: number): { packet: Buffer; response: string } {
  const attributes = Buffer.concat([
    ...[Buffer.from('280600000001', 'hex'), Buffer.from([1, 5]), Buffer.from('ali')],
    ...[Buffer.from('08060a140005', 'hex'), Buffer.from([44, 5]), Buffer.from('s-1')],
    ...(delay === undefined ? [] : [Buffer.from([41, 6, 0, 0, 0, delay])]),
  ]);
  const head = Buffer.from([4, identifier, 0, 20 + attributes.length]);
  const authenticator = md5(head, Buffer.alloc(16), attributes, secret);
  const answer = Buffer.from([5, identifier, 0, 20]);
  return {
    packet: Buffer.concat([head, authenticator, attributes]),
    response: Buffer.concat([answer, md5(answer, authenticator, secret)]).toString('hex'),
  };
}

test('a request is answered when its record is durable, and not before', async () => {
  await start();
  const { send, answers } = await nas();
  rig.disk.hold();
  const { packet, response } = request(1);
  await send(packet);
  await eventually(() => rig.collector.journal.appendedRecords).toBe(1);
  expect(answers).toEqual([]);
  rig.disk.release();
  await eventually(() => answers).toEqual([response]);
  expect(await rig.texts()).toEqual([`LogMaster-RADIUS/1 ${packet.toString('hex')}`]);
  expect((await rig.records())[0]?.source).toMatchObject({ transport: 'radius', address: '127.0.0.1' });
});

test('a request that comes again is answered again, when its record is durable, and recorded once', async () => {
  await start();
  const { send, answers } = await nas();
  rig.disk.hold();
  const first = request(1);
  await send(first.packet);
  await eventually(() => rig.collector.journal.appendedRecords).toBe(1);
  // A client that does not count the delay on sends the same bytes; one that does makes another packet of them.
  const counted = request(2, SECRET, 1);
  for (const packet of [first.packet, counted.packet]) await send(packet);
  await eventually(() => rig.collector.state.unusual).toEqual({ radius_retransmission: 2 });
  expect(answers).toEqual([]);
  rig.disk.release();
  await eventually(() => answers).toEqual([first.response, first.response, counted.response]);
  await send(counted.packet);
  await eventually(() => answers).toHaveLength(4);
  expect(await rig.texts()).toEqual([`LogMaster-RADIUS/1 ${first.packet.toString('hex')}`]);
  expect(rig.collector.state).toMatchObject({ seen: 1, journaled: 1, dropped: {} });
});

test('what is no request of a client with its secret is dropped, unanswered and counted', async () => {
  await start();
  const known = await nas();
  const stranger = await nas('127.0.0.2');
  const good = request(9);
  await stranger.send(good.packet);
  await known.send(request(2, 'a wrong secret').packet);
  await known.send(Buffer.from('no RADIUS'));
  // An Access-Request is of another port.
  await known.send(Buffer.concat([Buffer.from([1]), good.packet.subarray(1)]));
  await known.send(good.packet);
  await eventually(() => known.answers).toEqual([good.response]);
  expect(stranger.answers).toEqual([]);
  await eventually(() => rig.collector.state.seen).toBe(5);
  const { state } = rig.collector;
  expect(state.dropped).toEqual({ 'radius-unknown-client': 1, 'radius-bad-authenticator': 1, 'radius-malformed': 2 });
  expect(state.journaled).toBe(1);
});
