import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import {
  type CertificateAuthority,
  type IssuedCertificate,
  makeCertificateAuthority,
} from '@logmaster/testkit/services/certificates';
import { createRsyslogRelay } from '@logmaster/testkit/services/rsyslog-relay';
import { sendLines } from '@logmaster/testkit/syslog-sender';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../../testing/collector-rig.ts';
import type { CollectorOptions } from '../collector-options.ts';

let keeper: Keeper;
let authority: CertificateAuthority;
let stranger: CertificateAuthority;
let server: IssuedCertificate;
let client: IssuedCertificate;
let rig: CollectorRig;
let port = 0;

beforeAll(async () => {
  keeper = await openKeeper('test-syslog-tls');
  authority = await makeCertificateAuthority(keeper);
  stranger = await makeCertificateAuthority(keeper, 'stranger-ca');
  server = await authority.issue('collector');
  client = await authority.issue('fw-ankara-1');
});
afterAll(() => keeper.close());
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const unusual = () => rig.collector.state.unusual;

async function start(
  clientCertificates: 'none' | 'optional' | 'required' = 'none',
  options: Partial<CollectorOptions> = {},
  files = { certificate: server.certificateFile, key: server.keyFile },
) {
  const [syslogPort = 0, tlsPort = 0] = await freePorts(2);
  port = tlsPort;
  rig = await CollectorRig.start({
    syslogPort,
    syslogTls: { port, clientCertificates, files: { ...files, clientAuthorities: authority.file } },
    ...options,
  });
}

async function connect(options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
  const socket = tls.connect({ port, host: '127.0.0.1', ca: authority.pem, ...options });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

async function send(socket: tls.TLSSocket, text: string): Promise<void> {
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)('records over %s, counted and by line', async (version) => {
  await start();
  const socket = await connect({ minVersion: version, maxVersion: version });
  expect(socket.getProtocol()).toBe(version);
  await send(socket, '12 <134>counted<134>a line\n');
  await eventually(() => rig.collector.state.journaled).toBe(2);
  const records = await rig.records();
  expect(records.map(({ raw }) => raw.toString())).toEqual(['<134>counted', '<134>a line']);
  expect(records[0]?.source).toMatchObject({ transport: 'tls', address: '127.0.0.1' });
  expect(records[0]?.source).not.toHaveProperty('identity');
});

test('TLS 1.1 is refused and counted', async () => {
  await start();
  const old = connect({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  await expect(old).rejects.toThrow();
  await eventually(() => unusual().tls_handshake_failed).toBe(1);
});

test('a verified client certificate is the identity in the journal', async () => {
  await start('required');
  const socket = await connect({ cert: client.certificate, key: client.key });
  const fingerprint = new X509Certificate(client.certificate).fingerprint256;
  await send(socket, '<134>from a known device\n');
  await eventually(() => rig.collector.state.journaled).toBe(1);
  const [record] = await rig.records();
  expect(record?.source.identity).toBe(
    `sha256:${fingerprint.replaceAll(':', '').toLowerCase()} O=LogMaster test,CN=fw-ankara-1`,
  );
});

test('required: no certificate, or one of a strange authority, gets nothing in', async () => {
  await start('required');
  const other = await stranger.issue('fw-ankara-1');
  for (const options of [{}, { cert: other.certificate, key: other.key }]) {
    const socket = tls.connect({ port, host: '127.0.0.1', ca: authority.pem, ...options });
    socket.write('<134>forged\n');
    // In TLS 1.3 the refusal comes after the client's own handshake is done, by an end or a reset.
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.resume().on('close', resolve));
  }
  await eventually(() => unusual().client_certificate_refused).toBe(2);
  expect(rig.collector.state.seen).toBe(0);
});

test('optional: a strange certificate proves nothing, its records are kept without identity', async () => {
  await start('optional');
  const other = await stranger.issue('fw-izmir-1');
  await send(await connect({ cert: other.certificate, key: other.key }), '<134>unverified\n');
  await send(await connect(), '<134>without\n');
  await send(await connect({ cert: client.certificate, key: client.key }), '<134>verified\n');
  await eventually(() => rig.collector.state.journaled).toBe(3);
  const identities = (await rig.records()).map(({ source }) => source.identity?.split(' ')[0]?.slice(0, 7));
  expect(identities).toEqual([undefined, undefined, 'sha256:']);
  expect(unusual().client_certificate_unverified).toBe(1);
});

test('new files are taken without a restart while connections stay; unusable ones change nothing', async () => {
  const folder = await keeper.makeFolder('reload');
  const files = { certificate: path.join(folder, 'tls.pem'), key: path.join(folder, 'tls.key') };
  const put = async (issued: IssuedCertificate) => {
    await copyFile(issued.keyFile, files.key);
    await copyFile(issued.certificateFile, files.certificate);
  };
  await put(server);
  await start('none', {}, files);
  const old = await connect();
  old.write('<134>before\n');
  const fingerprint = async () => {
    const socket = await connect();
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };
  const first = await fingerprint();

  await writeFile(files.certificate, 'no certificate');
  await eventually(() => rig.events.count('certificate_refused')).toBeGreaterThan(0);
  expect(await fingerprint()).toBe(first);

  await put(await authority.issue('collector-next'));
  await rig.collector.reload();
  expect(await fingerprint()).not.toBe(first);

  await put(server);
  await eventually(() => rig.events.count('certificate_loaded')).toBe(3);
  expect(await fingerprint()).toBe(first);
  await send(old, '<134>after\n');
  await eventually(() => rig.collector.state.journaled).toBe(2);
});

test('a handshake that never ends is closed and counted; others get in meanwhile', async () => {
  await start('none', { handshakeMs: 1500 });
  const silent = net.connect(port, '127.0.0.1');
  const half = net.connect(port, '127.0.0.1');
  half.write(Buffer.from([0x16, 0x03, 0x01, 0x01]));
  const garbage = net.connect(port, '127.0.0.1');
  garbage.write('<134>plain text on the TLS port\n');
  const closed = Promise.all([silent, half, garbage].map((socket) => once(socket.resume(), 'close')));
  await send(await connect(), '<134>in time\n');
  await closed;
  await eventually(() => unusual()).toMatchObject({ tls_handshake_timeout: 2, tls_handshake_failed: 1 });
  expect(await rig.texts()).toEqual(['<134>in time']);
});

test('a connection reset in the middle of a record keeps what came, flagged', async () => {
  await start();
  const socket = await connect();
  socket.write('<134>whole\n<134>cut he');
  await eventually(() => rig.collector.state.journaled).toBe(1);
  socket.destroy();
  await eventually(() => rig.collector.state.journaled).toBe(2);
  expect((await rig.records()).map(({ flags }) => flags)).toEqual([0, 2]);
});

test("rsyslog's omfwd sends over TLS with its certificate", async () => {
  await start('required');
  const rsyslog = await createRsyslogRelay(keeper, {
    name: 'rsyslog-tls',
    global: [
      `defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="${authority.file}"`,
      `defaultNetstreamDriverCertFile="${client.certificateFile}" defaultNetstreamDriverKeyFile="${client.keyFile}"`,
    ].join(' '),
    action: [
      `type="omfwd" target="127.0.0.1" port="${port}" protocol="tcp" tcp_framing="octet-counted"`,
      'streamDriver="gtls" streamDriverMode="1" streamDriverAuthMode="x509/name" streamDriverPermittedPeers="localhost"',
    ].join(' '),
  });
  await rsyslog.start();
  const lines = Array.from({ length: 500 }, (_, i) => `<134>Nov 25 12:00:00 fw test: number=${i}`);
  await sendLines(rsyslog.address.port, lines);
  await eventually(() => rig.collector.state.journaled).toBe(500);
  const records = await rig.records();
  expect(records.map(({ raw }) => raw.toString())).toEqual(lines);
  expect(records[0]?.source.identity).toContain('CN=fw-ankara-1');
  await rsyslog.stop();
});
