import type { Accounting } from './accounting.ts';
import { STREAM_START, type StreamPosition } from './block.ts';
import type { SourceRecords } from './block-builder.ts';
import { JournalReader } from './reader.ts';
import { listJournals } from './streams.ts';

export type JournalCounts = ReadonlyMap<number, { readonly records: number; readonly bytes: number }>;

/** A stretch of a stream: its records by source and by journal file. */
export interface Stretch {
  readonly records: SourceRecords[];
  readonly journals: Map<number, { records: number; bytes: number }>;
}

/** What a stream's files hold behind a place. */
export interface Recount {
  /** Accounting blocks, oldest first, and what lies before the last of them. */
  readonly accountings: readonly Accounting[];
  readonly accounted: Stretch;
  /** Behind the last accounting block; the place itself when there is none. */
  readonly at: StreamPosition;
  /** Behind `at`: durable, and not accounted for, because their writer died. */
  readonly tail: Stretch;
}

/**
 * Counts again, after a writer's death, what it had counted and nobody has heard of. Its durable records are known
 * exactly, and so is what it dropped up to its last accounting block. What it dropped after that died with it: so
 * `seen` of the tail is what is durable.
 *
 * @param from behind the last accounting block that was heard of; undefined: the tail alone is of interest.
 */
export async function recount(folder: string, from?: StreamPosition): Promise<Recount> {
  const journals = await listJournals(folder);
  if (from !== undefined && journals.includes(from.journal)) return read(folder, from);
  // The newest file with an accounting block is where the tail begins.
  for (const journal of journals.toReversed()) {
    const found = await read(folder, { ...STREAM_START, journal });
    if (found.accountings.length > 0 || journal === journals[0])
      return { ...found, accountings: [], accounted: none() };
  }
  return { accountings: [], accounted: none(), at: STREAM_START, tail: none() };
}

async function read(folder: string, from: StreamPosition): Promise<Recount> {
  // Damage is reported by the processor, which reads the same files.
  const ignore = () => undefined;
  const reader = new JournalReader(folder, from, { lost: ignore, tornTail: ignore, missing: ignore });
  const accountings: Accounting[] = [];
  const accounted = none();
  let at = from;
  let tail = none();
  for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
    const { journal } = block;
    const counts = tail.journals.get(journal) ?? { records: 0, bytes: 0 };
    tail.journals.set(journal, counts);
    counts.records += block.count;
    counts.bytes += block.end - block.offset;
    if (block.type === 'records') {
      tail.records.push(...block.frames.tally(0, block.count));
      continue;
    }
    accountings.push(block.accounting);
    join(accounted, tail);
    tail = none();
    at = { journal, offset: block.end, sequence: block.firstSequence };
  }
  await reader.close();
  return { accountings, accounted, at, tail };
}

function none(): Stretch {
  return { records: [], journals: new Map() };
}

function join(into: Stretch, next: Stretch): void {
  into.records.push(...next.records);
  for (const [journal, { records, bytes }] of next.journals) {
    const known = into.journals.get(journal) ?? { records: 0, bytes: 0 };
    into.journals.set(journal, { records: known.records + records, bytes: known.bytes + bytes });
  }
}
