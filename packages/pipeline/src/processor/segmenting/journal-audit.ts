import { OTHER_SOURCES } from '../../collector/accounts/source-counters.ts';
import type { Tally } from '../../journal/accounting.ts';
import type { AccountingBlock, RecordsBlock, StreamPosition } from '../../journal/block.ts';

/** How far a stream's accounting and its records are apart. */
export interface AuditReport {
  /** Accounting blocks that were compared with the records before them. */
  readonly checked: number;
  /** Source → records that were counted as journaled and are not in the journal; negative: the other way round. */
  readonly differences: Readonly<Record<string, number>>;
}

/**
 * Compares what a collector says that it journaled with what stands in the journal: between two accounting blocks each
 * source has as many records as the second one says. The two are counted by different processes, from different things.
 */
export class JournalAudit {
  private readonly found = new Map<string, number>();
  private readonly differences = new Map<string, number>();
  private checked = 0;
  /** Everything since the accounting block before has been seen. */
  private whole: boolean;
  /** Files before this one are accounted for: nobody needs them to count again. */
  accountedJournal: number;

  constructor(from: StreamPosition) {
    this.whole = from.sequence === 0 && from.offset === 0;
    this.accountedJournal = from.journal;
  }

  /** The records [from, to) of the block. */
  records({ frames }: RecordsBlock, from: number, to: number): void {
    for (const { source, records } of frames.tally(from, to))
      this.found.set(source.address, (this.found.get(source.address) ?? 0) + records);
  }

  accounting({ accounting, journal }: AccountingBlock): void {
    if (this.whole) this.compare(accounting.sources);
    this.whole = true;
    this.found.clear();
    this.accountedJournal = journal;
  }

  /** A stretch is damaged: its records are missed by whoever reads it, and told of as lost. */
  damaged(): void {
    this.whole = false;
  }

  get report(): AuditReport {
    return { checked: this.checked, differences: Object.fromEntries(this.differences) };
  }

  private compare(claimed: Readonly<Record<string, Tally>>): void {
    this.checked += 1;
    const others = claimed[OTHER_SOURCES];
    let rest = 0;
    for (const address of new Set([...Object.keys(claimed), ...this.found.keys()])) {
      if (address === OTHER_SOURCES) continue;
      const difference = (claimed[address]?.journaled ?? 0) - (this.found.get(address) ?? 0);
      // Beyond the bound of senders told apart, only the sum of the rest is known.
      if (others !== undefined && claimed[address] === undefined) rest += difference;
      else this.add(address, difference);
    }
    this.add(OTHER_SOURCES, (others?.journaled ?? 0) + rest);
  }

  private add(address: string, difference: number): void {
    const sum = (this.differences.get(address) ?? 0) + difference;
    if (sum === 0) this.differences.delete(address);
    else this.differences.set(address, sum);
  }
}
