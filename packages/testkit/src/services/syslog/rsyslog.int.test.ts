import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { type CertificateAuthority, makeCertificateAuthority } from '../certificates/certificates.ts';
import { ServiceError } from '../process/service-error.ts';
import { oddRecords, textsOf } from './odd-records.ts';
import { createRsyslogReceiver, createRsyslogSender } from './rsyslog.ts';
import { sendInRounds } from './send-in-rounds.ts';
import type { SyslogTls, SyslogTransport } from './syslog-route.ts';

let keeper: Keeper;
let authority: CertificateAuthority;
let tls: Required<SyslogTls>;
beforeAll(async () => {
  keeper = await openKeeper('test-rsyslog');
  authority = await makeCertificateAuthority(keeper);
  tls = await ownTls('receiver', authority);
});
afterAll(() => keeper.close());

async function ownTls(name: string, issuer: CertificateAuthority): Promise<Required<SyslogTls>> {
  const { certificateFile, keyFile } = await issuer.issue(name);
  return { caFile: issuer.file, certificateFile, keyFile };
}

const TRANSPORTS: Readonly<Record<string, () => SyslogTransport>> = {
  udp: () => ({ protocol: 'udp' }),
  'tcp, lines': () => ({ protocol: 'tcp', framing: 'lines' }),
  'tcp, octets': () => ({ protocol: 'tcp', framing: 'octets' }),
  'tls, lines': () => ({ protocol: 'tls', framing: 'lines', tls: { caFile: authority.file } }),
  'tls, octets': () => ({ protocol: 'tls', framing: 'octets', tls: { caFile: authority.file } }),
  relp: () => ({ protocol: 'relp' }),
  'relp, tls': () => ({ protocol: 'relp', tls }),
};

/** A pair on one transport, started. */
async function pair(transport: SyslogTransport) {
  const receiver = await createRsyslogReceiver(keeper, {
    protocol: transport.protocol,
    ...('tls' in transport ? { tls } : {}),
  });
  const sender = await createRsyslogSender(keeper, { target: receiver.address, transport });
  await receiver.start();
  await sender.start();
  const stop = async () => {
    await sender.stop();
    await receiver.stop();
  };
  return { receiver, sender, stop };
}

test.each(Object.entries(TRANSPORTS))(
  '%s: what one sends, the other writes, byte for byte and in order',
  async (_, make) => {
    const transport = make();
    const { receiver, sender, stop } = await pair(transport);
    const all = oddRecords(transport.protocol === 'udp' ? 40 : 300);
    if (transport.protocol === 'udp') await sendInRounds(sender, all, receiver.untilReceived);
    else await sender.send(all);
    await sender.untilSent();
    expect(await receiver.untilReceived(all.length)).toEqual(textsOf(all));
    await stop();
  },
);

test('a receiver that stops and comes back loses nothing by RELP', async () => {
  const { receiver, sender, stop } = await pair({ protocol: 'relp' });
  const all = oddRecords(2000);
  await sender.send(all.slice(0, 1000));
  await receiver.untilReceived(1);
  await receiver.stop();
  await sender.send(all.slice(1000));
  await receiver.start();
  await sender.untilSent();
  await receiver.untilReceived(all.length);
  // What was not acknowledged when it stopped comes a second time.
  expect([...new Set(await receiver.received())]).toEqual(textsOf(all));
  await stop();
});

test('a receiver that hangs is waited for, and gets everything when it goes on', async () => {
  const { receiver, sender, stop } = await pair({ protocol: 'tcp', framing: 'lines' });
  await receiver.hang();
  const all = oddRecords(3000);
  await sender.send(all);
  await expect(sender.untilSent(3000)).rejects.toThrow(/did not send 3000 records \(\d+ so far/);
  await receiver.resume();
  await sender.untilSent();
  expect(await receiver.untilReceived(all.length)).toEqual(textsOf(all));
  await stop();
});

test('a sender that is killed goes on where its file was read to, or a little before', async () => {
  const { receiver, sender, stop } = await pair({ protocol: 'tcp', framing: 'octets' });
  const all = oddRecords(400);
  await sender.send(all.slice(0, 200));
  await sender.untilSent();
  await receiver.untilReceived(200);
  await sender.kill();
  await expect(sender.ready()).rejects.toThrow(/does not run/);
  await sender.send(all.slice(200));
  await sender.start();
  await sender.untilSent();
  await receiver.untilReceived(400);
  expect([...new Set(await receiver.received())]).toEqual(textsOf(all));
  await stop();
});

test('a sender that trusts another authority sends nothing', async () => {
  const stranger = await makeCertificateAuthority(keeper, 'stranger-ca');
  for (const transport of [
    { protocol: 'tls', framing: 'lines', tls: { caFile: stranger.file } },
    { protocol: 'relp', tls: await ownTls('stranger', stranger) },
  ] as const) {
    const { receiver, sender, stop } = await pair(transport);
    await sender.send(oddRecords(3));
    await expect(sender.untilSent(3000)).rejects.toThrow(/did not send 3 records/);
    await expect.poll(() => sender.logs(50)).toMatch(/certificate|session broken/i);
    expect(await receiver.received()).toEqual([]);
    // It would try to get rid of them for a while.
    await sender.kill();
    await stop();
  }
});

test('a taken port and a faulty configuration are told before it starts', async () => {
  const first = await createRsyslogReceiver(keeper, { protocol: 'tcp' });
  await first.start();
  const second = await createRsyslogReceiver(keeper, { protocol: 'tcp', port: first.address.port, name: 'second' });
  const taken = await second.start().catch((error: unknown) => error);
  expect(taken).toBeInstanceOf(ServiceError);
  expect(String(taken)).toMatch(/second: port \d+ on 127\.0\.0\.1 is used by another program/);
  await first.stop();

  const missing = { ...tls, caFile: '/nowhere.pem' };
  const broken = await createRsyslogReceiver(keeper, { protocol: 'tls', tls: missing });
  await expect(broken.start()).rejects.toThrow(/nowhere\.pem/);
});
