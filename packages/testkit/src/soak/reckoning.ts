import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipelineState } from '@logmaster/core/api/health';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { parseRecordId } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { quiet } from '../ingest.ts';
import { checkLedger, type LedgerReport } from '../ledger/check.ts';
import type { LedgerEntry } from '../ledger-sender.ts';
import { archivedRecords, indexedIds } from '../stored-records.ts';
import type { Stand } from './stand.ts';

/** One line of what was counted at the end. `holds` false: something is wrong. */
export interface Reckoned {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly holds: boolean;
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

const SEALED_MS = 120_000;
const SHOWN = 20;

/** Time stamps of the senders' records are of their own clock, which is this machine's. */
const AROUND = 60_000_000;

/** Records of the index by journal file, and what is there twice, or can't be found. */
async function indexed(
  data: string,
  since: Micros,
): Promise<{ journals: Map<string, Set<number>>; problems: string[] }> {
  const { ids, counted } = await indexedIds(data, since - AROUND, Date.now() * 1000 + AROUND);
  const journals = new Map<string, Set<number>>();
  const problems = counted === ids.length ? [] : [`the index counts ${counted} records and finds ${ids.length}`];
  for (const id of ids) {
    const place = parseRecordId(id);
    const key = place ? `${place.node}.${place.worker}.${place.journal}` : id;
    const sequences = journals.get(key) ?? new Set();
    journals.set(key, sequences);
    const sequence = place?.sequence ?? 0;
    if (sequences.has(sequence)) problems.push(`record ${id} is in the index twice`);
    sequences.add(sequence);
  }
  return { journals, problems };
}

/** Segments close every few seconds: the last records are sealed after the next closings. */
async function archivedLedger(data: string, ledger: readonly LedgerEntry[], wanted: number): Promise<LedgerReport> {
  const deadline = Date.now() + SEALED_MS;
  for (;;) {
    const report = await checkLedger(ledger, archivedRecords(data));
    if (report.records >= wanted || Date.now() > deadline) return report;
    await delay(500);
  }
}

function identities(state: PipelineState): string[] {
  const dropped = Object.values(state.dropped).reduce((sum, count) => sum + count, 0);
  const problems: string[] = [];
  if (state.seen !== state.journaled + dropped)
    problems.push(`seen ${state.seen} is not journaled ${state.journaled} + dropped ${dropped}`);
  if (state.journaled !== state.indexed + state.quarantined + state.pending)
    problems.push(
      `journaled ${state.journaled} is not indexed ${state.indexed} + quarantined ${state.quarantined} + pending ${state.pending}`,
    );
  return problems;
}

const row = (name: string, value: number, unit: string, problems: readonly string[] = []): Reckoned => ({
  ...{ name, value, unit, holds: problems.length === 0 },
  problems: problems.slice(0, SHOWN),
});

/**
 * Ends the load, waits until everything is worked off, stops the product, and holds archive, index and evidence against
 * the senders' ledgers.
 */
export async function reckon(stand: Stand): Promise<readonly Reckoned[]> {
  const { data } = stand;
  await stand.stopSenders();
  const ledger = stand.ledger();
  const drained = await stand.untilState(quiet());
  // Everything that was received is in the index now.
  const inIndex = await indexed(data, stand.startedAt);
  const indexSize = [...inIndex.journals.values()].reduce((sum, { size }) => sum + size, 0);
  const report = await archivedLedger(data, ledger, indexSize);
  const end = await stand.untilState(({ pending }) => pending === 0);
  const code = await stand.ingest.stop();

  const indexProblems = [...inIndex.problems];
  for (const journal of new Set([...report.journals.keys(), ...inIndex.journals.keys()])) {
    const [archive = 0, index = 0] = [report.journals.get(journal), inIndex.journals.get(journal)?.size];
    if (archive !== index)
      indexProblems.push(`journal ${journal}: ${archive} records in the archive, ${index} in the index`);
  }
  const layout = dataLayout(data);
  const evidence = await verifyPath(layout.archive, {
    tsaAnchors: [await readFile(layout.tsaCa, 'utf8')],
    pinnedSigners: [],
  });
  const failures = evidence.findings.filter(({ severity }) => severity === 'failure');
  const sum = (count: (entry: LedgerEntry) => number) => ledger.reduce((total, entry) => total + count(entry), 0);
  return [
    row('connections and sockets of the senders', ledger.length, ''),
    row(
      'records sent',
      sum(({ handed }) => handed),
      'records',
    ),
    row(
      'acknowledged',
      sum(({ acknowledged }) => acknowledged),
      'records',
    ),
    row('in the archive, against the ledgers', report.records, 'records', report.problems),
    row('in the index, against the archive', indexSize, 'records', indexProblems),
    row('identities when drained', drained.seen, 'seen', identities(drained)),
    row('identities at the end', end.journaled, 'journaled', identities(end)),
    row('evidence verified', evidence.checked.records, 'records', [
      ...failures.map((finding) => JSON.stringify(finding)),
      ...(evidence.checked.records === report.records ? [] : [`the archive holds ${report.records}`]),
    ]),
    row('stopped in order', code, 'exit code', code === 0 ? [] : [`exit code ${code}`]),
  ];
}
