import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { type CertificateAuthority, makeCertificateAuthority } from '../certificates/certificates.ts';
import { loggen } from './loggen.ts';
import { oddRecords, textsOf } from './odd-records.ts';
import { createRsyslogReceiver } from './rsyslog.ts';
import { sendInRounds } from './send-in-rounds.ts';
import { createSyslogNgReceiver, createSyslogNgSender } from './syslog-ng.ts';
import type { SyslogNgTransport } from './syslog-ng-config.ts';
import type { SyslogTls } from './syslog-route.ts';

let keeper: Keeper;
let authority: CertificateAuthority;
let tls: Required<SyslogTls>;
beforeAll(async () => {
  keeper = await openKeeper('test-syslog-ng');
  authority = await makeCertificateAuthority(keeper);
  const { certificateFile, keyFile } = await authority.issue('receiver');
  tls = { caFile: authority.file, certificateFile, keyFile };
});
afterAll(() => keeper.close());

const TRANSPORTS: Readonly<Record<string, () => SyslogNgTransport>> = {
  udp: () => ({ protocol: 'udp' }),
  'tcp, lines': () => ({ protocol: 'tcp', framing: 'lines' }),
  'tls, lines': () => ({ protocol: 'tls', framing: 'lines', tls: { caFile: authority.file } }),
  'tcp, octets': () => ({ protocol: 'tcp', framing: 'octets' }),
  'tls, octets': () => ({ protocol: 'tls', framing: 'octets', tls: { caFile: authority.file } }),
};

test.each(Object.entries(TRANSPORTS))('%s: it sends to rsyslog byte for byte and in order', async (_kind, make) => {
  const transport = make();
  const receiver = await createRsyslogReceiver(keeper, { protocol: transport.protocol, tls });
  const sender = await createSyslogNgSender(keeper, { target: receiver.address, transport });
  await receiver.start();
  await sender.start();
  const all = oddRecords(transport.protocol === 'udp' ? 40 : 300);
  if (transport.protocol === 'udp') await sendInRounds(sender, all, receiver.untilReceived);
  else await sender.send(all);
  await sender.untilSent();
  expect(await receiver.untilReceived(all.length)).toEqual(textsOf(all));
  await sender.stop();
  await receiver.stop();
});

test.each(['udp', 'tcp', 'tls'] as const)('%s: it receives what it sent', async (protocol) => {
  const receiver = await createSyslogNgReceiver(keeper, { protocol, tls });
  const transports = { udp: TRANSPORTS.udp, tcp: TRANSPORTS['tcp, lines'], tls: TRANSPORTS['tls, lines'] };
  const transport = transports[protocol]?.() as SyslogNgTransport;
  const sender = await createSyslogNgSender(keeper, { target: receiver.address, transport });
  await receiver.start();
  await sender.start();
  const all = oddRecords(40);
  await sendInRounds(sender, all, receiver.untilReceived);
  await sender.untilSent();
  expect(await receiver.untilReceived(all.length)).toEqual(textsOf(all));
  await sender.stop();
  await receiver.stop();
});

test('killed while its receiver is away, it sends everything when both are back', async () => {
  const receiver = await createSyslogNgReceiver(keeper, { protocol: 'tcp' });
  const transport: SyslogNgTransport = { protocol: 'tcp', framing: 'lines' };
  const sender = await createSyslogNgSender(keeper, { target: receiver.address, transport });
  await receiver.start();
  await sender.start();
  const all = oddRecords(300);
  await sender.send(all.slice(0, 100));
  await sender.untilSent();
  await receiver.untilReceived(100);
  await receiver.stop();
  await sender.send(all.slice(100));
  await sender.kill();
  await expect(sender.ready()).rejects.toThrow(/does not run/);
  await receiver.start();
  await sender.start();
  await receiver.untilReceived(300);
  expect([...new Set(await receiver.received())]).toEqual(textsOf(all));
  await sender.stop();
  await receiver.stop();
});

test('a sender that trusts another authority sends nothing', async () => {
  const stranger = await makeCertificateAuthority(keeper, 'stranger-ca');
  const receiver = await createRsyslogReceiver(keeper, { protocol: 'tls', tls });
  const transport: SyslogNgTransport = { protocol: 'tls', framing: 'octets', tls: { caFile: stranger.file } };
  const sender = await createSyslogNgSender(keeper, { target: receiver.address, transport });
  await receiver.start();
  await sender.start();
  await sender.send(oddRecords(3));
  await expect(sender.untilSent(3000)).rejects.toThrow(/did not send 3 records \(0 so far/);
  await expect.poll(() => sender.logs(50)).toMatch(/certificate verify failed/);
  expect(await receiver.received()).toEqual([]);
  await sender.stop();
  await receiver.stop();
});

test('a taken port and a faulty configuration are told before it starts', async () => {
  const first = await createSyslogNgReceiver(keeper, { protocol: 'tcp' });
  await first.start();
  const second = await createSyslogNgReceiver(keeper, { protocol: 'tcp', port: first.address.port, name: 'second' });
  await expect(second.start()).rejects.toThrow(/second: port \d+ on 127\.0\.0\.1 is used by another program/);
  await first.stop();
  const broken = await createSyslogNgReceiver(keeper, { protocol: 'tls', tls: { ...tls, keyFile: '/nowhere.key' } });
  await expect(broken.start()).rejects.toThrow(/nowhere\.key/);
});

test.each([
  ['tcp', 'tcp'],
  ['tcp-octets', 'tcp'],
  ['tls', 'tls'],
] as const)('loggen by %s: as many as it says arrive', async (transport, protocol) => {
  const receiver = await createRsyslogReceiver(keeper, { protocol, tls });
  await receiver.start();
  const { count, seconds } = await loggen(keeper, {
    target: receiver.address,
    transport,
    connections: 2,
    size: 300,
    until: { records: 5000 },
  });
  expect([count, seconds > 0]).toEqual([10_000, true]);
  expect(await receiver.untilReceived(count)).toHaveLength(count);
  await receiver.stop();
});

test('loggen that nobody listens to says so', async () => {
  const target = { host: '127.0.0.1', port: 9 };
  await expect(loggen(keeper, { target, transport: 'tcp', until: { records: 1 } })).rejects.toThrow(
    /it sent nothing\n[\s\S]*Connection refused/,
  );
});
