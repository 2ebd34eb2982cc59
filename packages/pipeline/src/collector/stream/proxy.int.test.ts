import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { type CertificateAuthority, makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../../testing/collector-rig.ts';
import type { CollectorOptions } from '../collector-options.ts';
import { parseAddressRanges } from './address-ranges.ts';

/** The load balancer; 127.0.0.1 is anybody else. */
const PROXY = '127.0.0.77';
const HEADER = 'PROXY TCP4 198.51.100.9 192.0.2.1 40000 5514\r\n';

let keeper: Keeper;
let authority: CertificateAuthority;
let rig: CollectorRig;
let ports: readonly number[] = [];
beforeAll(async () => {
  keeper = await openKeeper('test-proxy');
  authority = await makeCertificateAuthority(keeper);
});
afterAll(() => keeper.close());
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const unusual = () => rig.collector.state.unusual;

async function start(options: Partial<CollectorOptions> = {}) {
  ports = await freePorts(3);
  const { certificateFile: certificate, keyFile: key } = await authority.issue('collector');
  rig = await CollectorRig.start({
    syslogPort: ports[0] as number,
    syslogTls: { port: ports[1] as number, files: { certificate, key }, clientCertificates: 'none' },
    relp: { port: ports[2] as number },
    proxies: parseAddressRanges(`${PROXY}/32, 2001:db8::/32`, 'test'),
    ...options,
  });
}

const connect = (port = ports[0] as number, localAddress = PROXY) => rig.connect(port, localAddress);
const closed = (socket: net.Socket) => new Promise((resolve) => socket.resume().on('close', resolve));

test('plain, over TLS, and in pieces: the true source is in the journal', async () => {
  await start();
  (await connect()).end(`${HEADER}<134>plain\n`);

  const pieces = await connect();
  for (const byte of `${HEADER}<134>in pieces\n`) {
    pieces.write(byte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  pieces.end();

  const raw = await connect(ports[1]);
  raw.write(HEADER);
  const secure = tls.connect({ socket: raw, ca: authority.pem, host: '127.0.0.1' });
  await once(secure, 'secureConnect');
  secure.end('<134>over TLS\n');

  await eventually(() => rig.collector.state.journaled).toBe(3);
  const records = await rig.records();
  expect(records.map(({ raw: bytes }) => bytes.toString()).toSorted()).toEqual([
    '<134>in pieces',
    '<134>over TLS',
    '<134>plain',
  ]);
  for (const { source } of records) expect(source).toMatchObject({ address: '198.51.100.9', port: 40_000 });
  expect(unusual()).toEqual({});
});

test('header and TLS hello in one packet', async () => {
  await start();
  // A relay that puts the header in front of the first bytes, as load balancers do.
  const relay = net.createServer((inside) => {
    const outside = net.connect({ port: ports[1] as number, host: '127.0.0.1', localAddress: PROXY });
    inside.once('data', (first) => {
      outside.write(Buffer.concat([Buffer.from(HEADER), first]));
      inside.pipe(outside);
    });
    outside.pipe(inside);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as net.AddressInfo;
  const secure = tls.connect({ port, host: '127.0.0.1', ca: authority.pem });
  await once(secure, 'secureConnect');
  secure.end('<134>behind a relay\n');
  await eventually(() => rig.collector.state.journaled).toBe(1);
  expect((await rig.records())[0]?.source).toMatchObject({ transport: 'tls', address: '198.51.100.9' });
  relay.close();
});

test('UNKNOWN leaves the load balancer its own address; a look whether we live is no fault', async () => {
  await start();
  (await connect()).end('PROXY UNKNOWN\r\n<134>health\n');
  (await connect()).destroy();
  await eventually(() => rig.collector.state.journaled).toBe(1);
  expect((await rig.records())[0]?.source.address).toBe(PROXY);
  expect(unusual()).toEqual({});
});

test('a listed peer without a header is closed and counted: at once, or when its time is over', async () => {
  await start({ timeouts: { firstByteMs: 1000 } });
  const bare = await connect();
  bare.write('<134>no header\n');
  await closed(bare);
  const silent = await connect();
  await closed(silent);
  const bad = await connect();
  bad.write('PROXY TCP4 a b c d\r\n<134>x\n');
  await closed(bad);
  expect(unusual()).toEqual({ proxy_header_missing: 2, proxy_header_bad: 1 });
  expect(rig.collector.state.seen).toBe(0);
});

test('a header of somebody who is not listed is data, and counted', async () => {
  await start();
  (await connect(ports[0], '127.0.0.1')).end(`${HEADER}<134>I am somebody else\n`);
  await eventually(() => rig.collector.state.journaled).toBe(2);
  const records = await rig.records();
  expect(records.map(({ raw }) => raw.toString())).toEqual([HEADER.trim(), '<134>I am somebody else']);
  for (const { source } of records) expect(source.address).toBe('127.0.0.1');
  expect(unusual()).toEqual({ proxy_header_unlisted: 1 });
});

test('connections are limited by their true address', async () => {
  await start({ limits: { total: 100, perAddress: 2 } });
  const first = [await connect(), await connect(), await connect()];
  for (const socket of first) socket.write(HEADER);
  await eventually(() => unusual()).toEqual({ connection_refused: 1 });
  (await connect()).end('PROXY TCP4 203.0.113.1 192.0.2.1 1 2\r\n<134>another\n');
  await eventually(() => rig.collector.state.journaled).toBe(1);
  for (const socket of first) socket.destroy();
});

test.each(['10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', 'fw.example', ''])('%j is no list of addresses', (text) => {
  expect(() => parseAddressRanges(text, 'THE_SETTING')).toThrow(/THE_SETTING/);
});
