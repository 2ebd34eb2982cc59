import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, startIngest, untilPipeline } from '@logmaster/testkit/ingest';
import { checkLedger } from '@logmaster/testkit/ledger/check';
import { createLedgerSender, type LedgerSender } from '@logmaster/testkit/ledger-sender';
import { archivedRecords, indexedEvents } from '@logmaster/testkit/stored-records';
import { afterEach, expect, test } from 'vitest';

let data: string;
let ingest: IngestProcess | undefined;
let senders: LedgerSender[] = [];
afterEach(async () => {
  await Promise.all(senders.map((sender) => sender.stop()));
  await ingest?.kill().catch(() => undefined);
  await rm(data, { recursive: true, force: true });
});

/** One line on a connection of its own, which its receiver's death resets. */
async function sendPoison(port: number): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('<134>RECEIVER-DIES\n');
  await new Promise((resolve) => socket.resume().on('close', resolve));
}

test('a sender whose line kills its receiver, again and again: back-off, the others go on, ledgers exact', async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-crash-loop-'));
  await prepareData(data);
  const [syslogPort = 0, metricsPort = 0, relp = 0] = await freePorts(3);
  const preload = pathToFileURL(path.join(import.meta.dirname, 'testing', 'poison.ts')).href;
  ingest = await startIngest({
    ...{ data, syslogPort, metricsPort, segmentSeconds: 1 },
    environment: { LOGMASTER_WORKERS: '2', LOGMASTER_RELP_PORT: `${relp}`, NODE_OPTIONS: `--import=${preload}` },
  });
  const load = { host: '127.0.0.1', connections: 2, recordsPerSecond: 300 };
  senders = [
    createLedgerSender({ ...load, port: syslogPort, seed: 1 }),
    createLedgerSender({ ...load, port: relp, protocol: 'relp', seed: 2 }),
  ];
  for (const sender of senders) await sender.start();
  const acknowledged = () => senders[1]?.ledger.reduce((sum, entry) => sum + entry.acknowledged, 0) ?? 0;
  const running = ingest;

  const before = acknowledged();
  for (let restarts = 0; restarts < 6; ) {
    await sendPoison(syslogPort);
    restarts = (await running.pipeline()).workers?.restarts ?? 0;
  }
  await expect.poll(acknowledged, { timeout: 60_000 }).toBeGreaterThan(before);
  // Whoever keeps dying is started again later and later.
  const log = await readFile(path.join(dataLayout(data).logs, 'ingest.log'), 'utf8');
  for (const wait of [250, 500, 1000]) expect(log).toMatch(new RegExp(`"worker_ended".*"again_in_ms":${wait},`));

  await untilPipeline(running, ({ workers }) => workers?.listening === 2);
  const calm = acknowledged();
  await expect.poll(acknowledged, { timeout: 60_000 }).toBeGreaterThan(calm + 100);
  await Promise.all(senders.map((sender) => sender.stop()));
  const ledger = senders.flatMap((sender) => [...sender.ledger]);
  // All of it at once: archive and index can be equal for a moment before the backlog has come to either.
  const state = async () => {
    const archive = await checkLedger(ledger, archivedRecords(data));
    const ids = (await indexedEvents(data)).map((event) => event['logmaster.record.id']);
    return {
      problems: archive.problems,
      notIndexed: archive.records - ids.length,
      twice: ids.length - new Set(ids).size,
    };
  };
  await expect.poll(state, { timeout: 60_000, interval: 500 }).toEqual({ problems: [], notIndexed: 0, twice: 0 });
  expect(await running.stop()).toBe(0);
  ingest = undefined;
});
