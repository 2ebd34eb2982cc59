import type { Accounting, Tally } from '../../journal/accounting.ts';
import type { StreamPosition } from '../../journal/block.ts';
import type { SourceRecords } from '../../journal/block-builder.ts';
import type { DurableBlock } from '../../journal/group-commit.ts';
import type { JournalCounts, Recount, Stretch } from '../../journal/recount.ts';
import { OTHER_SOURCES } from './source-counters.ts';
import { addTallies, differenceOf } from './tallies.ts';

/**
 * What happened in a stream between two accounting blocks. `seen` and `dropped` were counted when a record arrived,
 * `journaled` from the blocks that an fdatasync has covered: that they add up is no matter of course.
 */
export interface Account {
  readonly sources: Readonly<Record<string, Tally>>;
  /** By transport. */
  readonly sockets: Readonly<Record<string, Tally>>;
  readonly unusual: Readonly<Record<string, number>>;
  readonly journals: JournalCounts;
  /** Kernel drops counted so far, by UDP socket; undefined where this worker counts none. */
  readonly kernelDrops: Readonly<Record<string, number>> | undefined;
  /** Behind the second block; a recount begins there. Undefined once the journal has failed: no block is durable then. */
  readonly at: StreamPosition | undefined;
}

/** Keeps the accounts of one stream; each is closed when its accounting block is durable. */
export class AccountBook {
  private durableRecords: Stretch = { records: [], journals: new Map() };
  /** Accounting blocks on their way to the disk. */
  private written: Accounting[] = [];
  /** What an earlier life of the whole node has left: in the next accounting block, but nobody's account now. */
  private foreign: readonly SourceRecords[] = [];
  private closed: Account[] = [];

  /** What earlier processes of the stream have left. `heard`: whoever is reported to knows them up to the recount's start. */
  begin(found: Recount, heard: boolean): void {
    if (!heard) {
      this.foreign = found.tail.records;
      return;
    }
    if (found.accountings.length > 0) {
      this.durableRecords = found.accounted;
      this.close(found.accountings, found.at);
    }
    this.durableRecords = found.tail;
  }

  /** An accounting block is sealed. */
  write(accounting: Accounting): void {
    this.written.push(accounting);
  }

  durable(block: DurableBlock): void {
    const { records, journals } = this.durableRecords;
    const counts = journals.get(block.journal) ?? { records: 0, bytes: 0 };
    journals.set(block.journal, counts);
    counts.bytes += block.bytes;
    for (const tally of block.tallies) {
      counts.records += tally.records;
      records.push(tally);
    }
    if (block.accounting === undefined) return;
    this.written.shift();
    this.close([block.accounting], { journal: block.journal, offset: block.end, sequence: block.sequence });
  }

  /** Nothing becomes durable any more: what was counted as journaled and is not is lost. @param rest not yet sealed */
  fail(rest: Accounting, reason: string): void {
    const all = [...this.written, rest];
    this.written = [];
    const account = this.close(all, undefined);
    for (const tally of [...Object.values(account.sources), ...Object.values(account.sockets)]) {
      const lost = differenceOf(tally);
      if (lost > 0) tally.dropped[reason] = (tally.dropped[reason] ?? 0) + lost;
    }
  }

  /** Accounts closed since the last call. */
  take(): readonly Account[] {
    const { closed } = this;
    this.closed = [];
    return closed;
  }

  private close(accountings: readonly Accounting[], at: StreamPosition | undefined): Account {
    const sources: Record<string, Tally> = {};
    const sockets: Record<string, Tally> = {};
    const unusual: Record<string, number> = {};
    for (const accounting of accountings) {
      addTallies(sources, accounting.sources);
      addTallies(sockets, accounting.sockets ?? {});
      for (const [name, times] of Object.entries(accounting.unusual)) unusual[name] = (unusual[name] ?? 0) + times;
    }
    for (const tally of [...Object.values(sources), ...Object.values(sockets)]) tally.journaled = 0;
    for (const { source, records } of this.durableRecords.records) {
      tallyOf(sources, source.address).journaled += records;
      tallyOf(sockets, source.transport).journaled += records;
    }
    for (const { source, records } of this.foreign) {
      tallyOf(sources, source.address).seen -= records;
      tallyOf(sockets, source.transport).seen -= records;
    }
    this.foreign = [];
    const { journals } = this.durableRecords;
    this.durableRecords = { records: [], journals: new Map() };
    const kernelDrops = accountings.findLast(({ kernel_drops }) => kernel_drops !== undefined)?.kernel_drops;
    const account = { sources, sockets, unusual, journals, kernelDrops, at };
    this.closed.push(account);
    return account;
  }
}

/** A sender that the accounting block has no entry for is one of the others, if it has one for them. */
function tallyOf(tallies: Record<string, Tally>, name: string): Tally {
  const found = tallies[name] ?? tallies[OTHER_SOURCES];
  if (found !== undefined) return found;
  const fresh = { seen: 0, journaled: 0, dropped: {} };
  tallies[name] = fresh;
  return fresh;
}
