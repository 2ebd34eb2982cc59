import type { SourceState } from '@logmaster/core/api/accounting';
import { OTHER_SOURCES } from '@logmaster/pipeline/collector/accounts/source-counters';
import { addTallies } from '@logmaster/pipeline/collector/accounts/tallies';
import type { Tally } from '@logmaster/pipeline/journal/accounting';

/** Senders told apart. Beyond, those that have been silent for the longest time are counted together. */
const MAX_SOURCES = 10_000;
/** Senders that are listed; more would make an answer of megabytes. */
const LISTED_SOURCES = 1000;
/** A rate is taken over the time since a mark that is one to two of these old. */
const MARK_MS = 15_000;

interface Mark {
  readonly at: number;
  readonly seen: number;
}

interface Entry {
  readonly tally: Tally;
  older: Mark;
  newer: Mark;
}

/** What became of each sender's records, over all workers. */
export class SourceTable {
  private readonly entries = new Map<string, Entry>();
  private readonly max: number;
  private readonly now: () => number;
  private markedAt: number;

  /** `now` in ms. */
  constructor(max: number = MAX_SOURCES, now: () => number = () => performance.now()) {
    this.max = max;
    this.now = now;
    this.markedAt = now();
  }

  add(sources: Readonly<Record<string, Tally>>): void {
    for (const [address, tally] of Object.entries(sources)) {
      const entry = this.entries.get(address) ?? this.fresh();
      // The map's order is that of their last words.
      this.entries.delete(address);
      this.entries.set(address, entry);
      addTallies({ [address]: entry.tally }, { [address]: tally });
    }
    this.fold();
  }

  /** Moves the marks that rates are taken from. To be called each second or so. */
  tick(): void {
    const now = this.now();
    if (now - this.markedAt < MARK_MS) return;
    this.markedAt = now;
    for (const entry of this.entries.values()) {
      entry.older = entry.newer;
      entry.newer = { at: now, seen: entry.tally.seen };
    }
  }

  *tallies(): Iterable<readonly [address: string, tally: Tally]> {
    for (const [address, { tally }] of this.entries) yield [address, tally];
  }

  /** Those with the most records first, and last one entry for the rest. */
  list(most: number = LISTED_SOURCES): SourceState[] {
    const now = this.now();
    const named = [...this.entries].filter(([address]) => address !== OTHER_SOURCES);
    named.sort(([, a], [, b]) => b.tally.seen - a.tally.seen);
    const listed = named.slice(0, most).map(([address, entry]) => stateOf(address, entry, now));
    const other = this.entries.get(OTHER_SOURCES);
    const rest = named.slice(most).map(([, entry]) => entry);
    if (other !== undefined) rest.push(other);
    if (rest.length === 0) return listed;
    const sum: Record<string, Tally> = {};
    for (const { tally } of rest) addTallies(sum, { [OTHER_SOURCES]: tally });
    const perSecond = rest.reduce((total, entry) => total + rateOf(entry, now), 0);
    return [...listed, { address: OTHER_SOURCES, ...(sum[OTHER_SOURCES] as Tally), per_second: perSecond }];
  }

  private fresh(): Entry {
    const mark = { at: this.now(), seen: 0 };
    return { tally: { seen: 0, journaled: 0, dropped: {} }, older: mark, newer: mark };
  }

  private fold(): void {
    for (const [address, { tally }] of this.entries) {
      if (this.entries.size <= this.max) return;
      if (address === OTHER_SOURCES) continue;
      this.entries.delete(address);
      const other = this.entries.get(OTHER_SOURCES) ?? this.fresh();
      this.entries.set(OTHER_SOURCES, other);
      addTallies({ [OTHER_SOURCES]: other.tally }, { [OTHER_SOURCES]: tally });
    }
  }
}

function stateOf(address: string, entry: Entry, now: number): SourceState {
  const { seen, journaled, dropped } = entry.tally;
  return { address, seen, journaled, dropped: { ...dropped }, per_second: rateOf(entry, now) };
}

function rateOf(entry: Entry, now: number): number {
  const seconds = Math.max(1, (now - entry.older.at) / 1000);
  return Math.max(0, Math.round(((entry.tally.seen - entry.older.seen) / seconds) * 10) / 10);
}
