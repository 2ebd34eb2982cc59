import { once } from 'node:events';
import tls from 'node:tls';
import { type Gate, openGate } from '@logmaster/testkit/faults/gate';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { wireOf } from '@logmaster/testkit/ledger/wires';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../testing/collector-rig.ts';

let keeper: Keeper;
let rig: CollectorRig;
let gate: Gate | undefined;
beforeAll(async () => {
  keeper = await openKeeper('test-redelivery');
});
afterAll(() => keeper.close());
afterEach(async () => {
  await gate?.close();
  gate = undefined;
  await rig.remove();
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const LINES = ['<134>one', '<134>two', '<134>three'];

test.each(['relp', 'beats'] as const)(
  '%s: what is sent again after a cut is a record of its own, with its own id',
  async (protocol) => {
    const [syslogPort = 0, port = 0] = await freePorts(2);
    rig = await CollectorRig.start({ syslogPort, [protocol]: { port } });
    const deliver = async () => {
      const wire = wireOf(protocol);
      const { socket } = await rig.talk(port);
      let acknowledged = 0;
      socket.on('data', (chunk) => {
        acknowledged += wire.heard?.(chunk) ?? 0;
      });
      socket.write(Buffer.concat([wire.hello ?? Buffer.alloc(0), wire.encode(LINES)]));
      return { socket, acknowledged: () => acknowledged };
    };
    rig.disk.hold();
    const first = await deliver();
    await eventually(() => rig.collector.journal.appendedRecords).toBe(3);
    // The cable breaks before the acknowledgement is on it.
    first.socket.resetAndDestroy();
    await eventually(() => rig.collector.state.connections).toBe(0);
    rig.disk.release();
    const second = await deliver();
    await eventually(second.acknowledged).toBe(3);
    expect(first.acknowledged()).toBe(0);

    const records = await rig.records();
    const texts = records.map(({ raw }) => raw.toString());
    expect(texts).toHaveLength(6);
    expect(texts.slice(3)).toEqual(texts.slice(0, 3));
    expect(new Set(records.map(({ id }) => id)).size).toBe(6);
    expect(rig.collector.state).toMatchObject({ seen: 6, journaled: 6, dropped: {} });
  },
);

test('a TLS peer that vanishes without a word is closed when its time is over, and what it sent is kept', async () => {
  const authority = await makeCertificateAuthority(keeper);
  const { certificateFile: certificate, keyFile: key } = await authority.issue('collector');
  const [syslogPort = 0, port = 0] = await freePorts(2);
  rig = await CollectorRig.start({
    syslogPort,
    syslogTls: { port, files: { certificate, key }, clientCertificates: 'none' },
    timeouts: { stallMs: 400, idleMs: 800 },
  });
  gate = await openGate({ host: '127.0.0.1', port });
  const vanishing = async (text: string) => {
    const socket = tls.connect({ ...gate?.address, ca: authority.pem, servername: 'localhost' });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write(text);
    return socket;
  };
  const sockets = [await vanishing('<134>whole\n'), await vanishing('<134>whole too\n<134>cut he')];
  await eventually(() => rig.collector.state.seen).toBe(2);
  // Neither FIN nor RST comes any more.
  gate.stall();
  await eventually(() => rig.collector.state.connections).toBe(0);
  expect(rig.collector.state.unusual).toMatchObject({ idle_timeout: 1, stalled: 1, unterminated: 1 });
  await eventually(() => rig.collector.state.journaled).toBe(3);
  expect((await rig.texts()).sort()).toEqual(['<134>cut he', '<134>whole', '<134>whole too']);
  for (const socket of sockets) socket.destroy();
});
