import type { JournalCounts } from '@logmaster/pipeline/journal/recount';
import type { IndexedStream } from '@logmaster/pipeline/processor/report';

interface FileRecords {
  records: number;
  bytes: number;
}

/** Of one stream, in records: journaled = done + pending holds, or something is wrong. */
export interface StreamCounts {
  /** From the collector's durable blocks. */
  readonly journaled: number;
  /** Committed or refused by the index. */
  readonly done: number;
  /** Behind the index's position. */
  readonly pending: number;
  readonly pendingBytes: number;
}

/**
 * One stream's journal files as three counts: records that the collector made durable, records that the index says it
 * has reached (a position), records that it has committed (rows). The first two give what is pending, the third what is
 * done; each comes from another part, so that a record which is lost or counted twice between them shows.
 *
 * The index reads what is written before the collector has accounted for it: what it is ahead by does not count as done,
 * as long as the file may still grow. A finished file leaves no such room.
 */
export class StreamIndex {
  private readonly files = new Map<number, FileRecords>();
  /** Files in which the journal failed: what the disk may have kept all the same was told as lost, and is not counted. */
  private readonly uncertain = new Set<number>();
  private finished = { records: 0, done: 0 };
  private latest: IndexedStream | undefined;
  /** The collector has accounted for everything in the files before. */
  private accountedJournal = 0;
  /** First file that was written while this process lives. */
  first: number | undefined;

  account(journals: JournalCounts, at: { readonly journal: number } | undefined): void {
    for (const [journal, { records, bytes }] of journals) {
      this.first ??= journal;
      const file = this.files.get(journal) ?? { records: 0, bytes: 0 };
      this.files.set(journal, { records: file.records + records, bytes: file.bytes + bytes });
    }
    if (at !== undefined) this.accountedJournal = at.journal;
    else for (const journal of this.files.keys()) this.uncertain.add(journal);
  }

  /** What the processor says; while it says nothing, its last words hold. */
  report(indexed: IndexedStream | undefined): void {
    if (indexed === undefined) return;
    this.latest = indexed;
    for (const [journal, file] of this.files) {
      if (journal >= indexed.at.journal || journal >= this.accountedJournal) continue;
      this.finished.records += file.records;
      this.finished.done += this.doneOf(journal, file, indexed).done;
      this.files.delete(journal);
      this.uncertain.delete(journal);
    }
  }

  get counts(): StreamCounts {
    const sum = { journaled: this.finished.records, done: this.finished.done, pending: 0, pendingBytes: 0 };
    for (const [journal, file] of this.files) {
      const { done, passed } = this.doneOf(journal, file, this.latest);
      const pending = Math.max(0, file.records - passed);
      sum.journaled += file.records;
      sum.done += done;
      sum.pending += pending;
      if (pending > 0) sum.pendingBytes += Math.round((file.bytes * pending) / file.records);
    }
    return sum;
  }

  private doneOf(journal: number, { records }: FileRecords, indexed: IndexedStream | undefined) {
    if (indexed === undefined) return { done: 0, passed: 0 };
    // An earlier processor was done with it: the position says so, and nobody can count it again.
    if (journal < indexed.first) return { done: records, passed: records };
    const { done, passed } = indexed.files[journal] ?? { done: 0, passed: 0 };
    const over = journal < indexed.at.journal;
    const mayBeAhead = !over || journal >= this.accountedJournal || this.uncertain.has(journal);
    const ahead = mayBeAhead ? Math.max(0, passed - records) : 0;
    return { done: done - ahead, passed: over && !mayBeAhead ? records : passed };
  }
}
