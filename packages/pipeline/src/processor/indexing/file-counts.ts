import type { JournalPosition } from '@logmaster/search/store';

/** Of one journal file. */
export interface FileCount {
  /** Sequence that the index has reached: how many records it should be done with. */
  passed: number;
  /** How many it is done with: rows that the store has committed and records that it refused. */
  done: number;
}

/** Files that are remembered: whoever reads the counts asks twice a second, and a file lasts half a second at least. */
const MAX_FILES = 256;

/**
 * What the index has done in each file of a stream, counted two ways: by the position that it remembers, and by the rows
 * it has committed. In the file where it began, what lies before its position counts as done: another process did that.
 */
export class FileCounts {
  private readonly files = new Map<number, FileCount>();
  /** Files before this one were done by earlier processes. */
  readonly first: number;

  constructor({ journal, sequence }: JournalPosition) {
    this.first = journal;
    this.files.set(journal, { passed: sequence, done: sequence });
  }

  /** The store has taken records up to `to`. */
  add(to: JournalPosition, records: number): void {
    const file = this.files.get(to.journal) ?? { passed: 0, done: 0 };
    this.files.set(to.journal, { passed: to.sequence, done: file.done + records });
    for (const journal of this.files.keys()) {
      if (this.files.size <= MAX_FILES) break;
      this.files.delete(journal);
    }
  }

  get all(): Readonly<Record<number, FileCount>> {
    return Object.fromEntries(this.files);
  }
}
