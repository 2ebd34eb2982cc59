import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { parseRecordId, RECORD_FLAGS } from '@logmaster/core/record';
import { createRandom } from '@logmaster/sample/random';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, quiet, startIngest, untilPipeline } from '@logmaster/testkit/ingest';
import { createLedgerSender, type LedgerSender, ledgerMark } from '@logmaster/testkit/ledger-sender';
import { archivedRecords, indexedEvents } from '@logmaster/testkit/stored-records';
import { afterEach, expect, test } from 'vitest';

const SEED = 5651;
const KILLS = 6;

let ingest: IngestProcess | undefined;
let sender: LedgerSender | undefined;
let data: string | undefined;
afterEach(async () => {
  await sender?.stop();
  await ingest?.kill().catch(() => undefined);
  if (data !== undefined) await rm(data, { recursive: true, force: true });
});

/** `<node>.<worker>.<journal>` → sequences, for every record id. */
function sequencesByJournal(ids: Iterable<string>): Map<string, number[]> {
  const journals = new Map<string, number[]>();
  for (const id of ids) {
    const parts = parseRecordId(id);
    if (!parts) throw new Error(`not a record id: ${id}`);
    const key = `${parts.node}.${parts.worker}.${parts.journal}`;
    const list = journals.get(key) ?? [];
    list.push(parts.sequence);
    journals.set(key, list);
  }
  return journals;
}

const journalNumber = (stream: string) => Number(stream.split('.').at(-1));

/**
 * Resolves when the archive has every record that the index has. Segments close every two seconds, so what was received
 * before is sealed after the next closings.
 */
async function untilAllSealed(data: string): Promise<void> {
  const indexed = new Set((await indexedEvents(data)).map((event) => event['logmaster.record.id'] ?? ''));
  const deadline = Date.now() + 60_000;
  for (;;) {
    const missing = new Set(indexed);
    for await (const record of archivedRecords(data)) missing.delete(record.id);
    if (missing.size === 0) return;
    if (Date.now() > deadline) throw new Error(`${missing.size} indexed records are in no sealed segment`);
    await delay(250);
  }
}

const upTo = (count: number, first: number) => Array.from({ length: count }, (_, index) => first + index);
const ascending = (a: number, b: number) => a - b;

/** docs/transports.md § What LogMaster promises on top; docs/decisions/0061. */
test('SIGKILL at random moments takes nothing that was committed, doubles nothing, leaves no hole', async () => {
  const random = createRandom(SEED);
  data = await mkdtemp(path.join(tmpdir(), 'logmaster-kill-'));
  await prepareData(data);
  const [syslogPort = 0, metricsPort = 0] = await freePorts(2);
  const options = { data, syslogPort, metricsPort, segmentSeconds: 2 };
  sender = createLedgerSender({
    host: '127.0.0.1',
    port: syslogPort,
    connections: 4,
    recordsPerSecond: 1200,
    seed: SEED,
  });
  await sender.start();

  // Records committed in each life of ingest, by its last answer before its death. Its numbers begin at 0 in each.
  const committed: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    ingest = await startIngest(options);
    let seen = await untilPipeline(ingest, (state) => state.journaled > 200);
    // The end comes at a moment that nobody chose.
    const deadline = performance.now() + random.int(0, 4000);
    while (performance.now() < deadline) {
      await delay(random.int(1, 40));
      seen = await ingest.pipeline();
    }
    committed.push(seen.journaled);
    await ingest.kill();
  }

  ingest = await startIngest(options);
  await untilPipeline(ingest, (state) => state.journaled > 200);
  await sender.stop();
  const { ledger } = sender;
  const end = await untilPipeline(ingest, quiet());
  expect(end.seen).toBe(end.journaled + Object.values(end.dropped).reduce((sum, count) => sum + count, 0));
  expect(end.journaled).toBe(end.indexed + end.quarantined);
  committed.push(end.journaled);
  await untilAllSealed(data);
  expect(await ingest.stop()).toBe(0);
  ingest = undefined;

  const archived = new Map<string, string>();
  const received = new Map<string, number[]>();
  for await (const record of archivedRecords(data)) {
    expect(archived.has(record.id), `record ${record.id} is in the archive twice`).toBe(false);
    const raw = record.raw.toString();
    archived.set(record.id, raw);
    if (record.flags.includes(RECORD_FLAGS.incomplete)) continue;
    const mark = ledgerMark(raw);
    if (!mark) throw new Error(`a record that nobody sent: ${raw}`);
    const numbers = received.get(mark.connection) ?? [];
    numbers.push(mark.number);
    received.set(mark.connection, numbers);
  }

  // Each life has a journal file of its own, and journal order is commit order: gap-free ids, at least as many as were
  // committed, hold every committed record.
  const journals = [...sequencesByJournal(archived.keys())].sort(([a], [b]) => journalNumber(a) - journalNumber(b));
  expect(journals.length).toBe(committed.length);
  for (const [life, [journal, sequences]] of journals.entries()) {
    expect(sequences.toSorted(ascending), journal).toEqual(upTo(sequences.length, 0));
    expect(sequences.length, journal).toBeGreaterThanOrEqual(committed[life] ?? Number.POSITIVE_INFINITY);
  }
  // What is missing is one tail per connection.
  for (const { connection, handed: given, ended } of ledger) {
    const numbers = received.get(connection) ?? [];
    expect(numbers, connection).toEqual(upTo(numbers.length, 1));
    expect(numbers.length, connection).toBeLessThanOrEqual(given);
    if (ended === 'end') expect(numbers.length, `${connection} was closed in order`).toBe(given);
  }
  // The test is worth nothing when no connection was cut or all of the loss is elsewhere.
  expect(ledger.filter((entry) => entry.ended === 'broken').length).toBeGreaterThanOrEqual(KILLS);

  const indexed = new Map<string, string>();
  for (const event of await indexedEvents(data)) {
    const id = event['logmaster.record.id'] ?? '';
    expect(indexed.has(id), `record ${id} is in the index twice`).toBe(false);
    indexed.set(id, event['event.original'] ?? '');
  }
  expect(indexed.size).toBe(archived.size);
  for (const [id, raw] of archived) if (indexed.get(id) !== raw) expect(indexed.get(id), id).toBe(raw);

  const layout = dataLayout(data);
  const report = await verifyPath(layout.archive, {
    tsaAnchors: [await readFile(layout.tsaCa, 'utf8')],
    pinnedSigners: [],
  });
  expect(report.findings.filter((finding) => finding.severity === 'failure')).toEqual([]);
  expect(report.checked.records).toBe(archived.size);
});
