import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../free-ports.ts';
import { type IngestProcess, prepareData, startIngest, untilPipeline } from '../../ingest.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { archivedRecords } from '../../stored-records.ts';
import { type CertificateAuthority, makeCertificateAuthority } from '../certificates/certificates.ts';
import { LOOPBACK } from '../process/service.ts';
import { oddRecords, textsOf } from './odd-records.ts';
import { createRsyslogSender } from './rsyslog.ts';
import { sendInRounds } from './send-in-rounds.ts';
import { createSyslogNgSender } from './syslog-ng.ts';

let keeper: Keeper;
let data: string;
let ingest: IngestProcess;
let syslogPort = 0;
let tlsPort = 0;
let authority: CertificateAuthority;
beforeAll(async () => {
  keeper = await openKeeper('test-senders');
  data = await mkdtemp(path.join(tmpdir(), 'senders-'));
  await prepareData(data);
  authority = await makeCertificateAuthority(keeper);
  const { certificateFile, keyFile } = await authority.issue('ingest', { asRoot: true });
  const ports = await freePorts(3);
  [syslogPort = 0, tlsPort = 0] = ports;
  ingest = await startIngest({
    ...{ data, syslogPort, metricsPort: ports[2] ?? 0, segmentSeconds: 2 },
    environment: {
      LOGMASTER_SYSLOG_TLS_PORT: `${tlsPort}`,
      LOGMASTER_TLS_CERT_FILE: certificateFile,
      LOGMASTER_TLS_KEY_FILE: keyFile,
    },
  });
});
afterAll(async () => {
  await ingest.stop();
  await keeper.close();
  await rm(data, { recursive: true, force: true });
});

const transports = () =>
  ({
    udp: { protocol: 'udp' },
    lines: { protocol: 'tcp', framing: 'lines' },
    octets: { protocol: 'tcp', framing: 'octets' },
    tls: { protocol: 'tls', framing: 'octets', tls: { caFile: authority.file } },
  }) as const;

test('what rsyslog and syslog-ng send to the collector is in the archive, byte for byte', async () => {
  const jobs = Object.entries(transports()).flatMap(([kind, transport]) => [
    { word: `rsyslog-${kind}`, transport, create: createRsyslogSender },
    { word: `syslog-ng-${kind}`, transport, create: createSyslogNgSender },
  ]);
  const expected = new Map<string, readonly string[]>();
  let sent = 0;
  for (const { word, transport, create } of jobs) {
    const records = oddRecords(transport.protocol === 'udp' ? 40 : 500, word);
    const target = { host: LOOPBACK, port: transport.protocol === 'tls' ? tlsPort : syslogPort };
    const sender = await create(keeper, { name: word, target, transport });
    await sender.start();
    const before = sent;
    const untilJournaled = (count: number) => untilPipeline(ingest, ({ journaled }) => journaled >= before + count);
    if (transport.protocol === 'udp') await sendInRounds(sender, records, untilJournaled);
    else await sender.send(records);
    await sender.untilSent();
    await sender.stop();
    expected.set(word, textsOf(records));
    sent += records.length;
    await untilJournaled(records.length);
  }
  // A seal is counted before it is in the archive; what has its time-stamp is there.
  const state = await untilPipeline(ingest, ({ sealed }) => sealed.records >= sent && sealed.unstamped === 0);
  expect(state).toMatchObject({ seen: sent, journaled: sent, dropped: {}, quarantined: 0 });

  const stored = new Map<string, string[]>();
  for await (const { raw, transport, flags, sourceAddress } of archivedRecords(data)) {
    const text = raw.toString('latin1');
    const word = text.split(' ')[3] ?? '';
    const wanted = ['udp', 'tls'].find((protocol) => word.endsWith(protocol)) ?? 'tcp';
    expect([transport, flags, sourceAddress]).toEqual([wanted, '', LOOPBACK]);
    stored.set(word, [...(stored.get(word) ?? []), text]);
  }
  expect([...stored.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [word, records] of expected) expect(stored.get(word), word).toEqual(records);
});
