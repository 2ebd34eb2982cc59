/** A stretch [from, to) of one journal file on its way into the index. Durable before the first of its records is parsed. */
export interface Attempt {
  readonly stream: string;
  readonly journal: number;
  /** Sequences. */
  readonly from: number;
  readonly to: number;
  /** Crashes so far that happened with all of these records, and more, under way. */
  readonly crashes: number;
  /** Crashes so far with this one record alone under way. */
  readonly alone: number;
}

export type Step = { readonly attempt: Attempt } | { readonly crashed: number };

/** A record is the culprit when it was alone at this many crashes: one may be a coincidence. */
const ALONE = 2;

/**
 * Finds the records at which the processor dies. What was under way at a crash is tried again in halves until one
 * record is left; what is behind it is tried in growing stretches, for another one may be near. One stream, one life.
 */
export class Suspects {
  private readonly stream: string;
  private suspect: Pick<Attempt, 'journal' | 'to' | 'crashes' | 'alone'> | undefined;
  private width = Number.POSITIVE_INFINITY;

  /** @param failed what was under way when the life before this one ended */
  constructor(stream: string, failed: Attempt | undefined) {
    this.stream = stream;
    if (failed === undefined) return;
    const { journal, to, crashes, alone } = failed;
    this.suspect = { journal, to, crashes: crashes + 1, alone: to - failed.from === 1 ? alone + 1 : 0 };
  }

  /** What to try of the records [from, end) of a journal file, or that `from` crashed the processor so many times. */
  next(journal: number, from: number, end: number): Step {
    const { stream, suspect } = this;
    if (suspect === undefined || suspect.journal !== journal || from >= suspect.to) {
      return { attempt: { stream, journal, from, to: Math.min(from + this.width, end), crashes: 0, alone: 0 } };
    }
    const left = suspect.to - from;
    if (left === 1 && suspect.alone >= ALONE) return { crashed: suspect.crashes };
    const to = Math.min(from + Math.max(1, Math.floor(left / 2)), end);
    return { attempt: { stream, journal, from, to, crashes: suspect.crashes, alone: left === 1 ? suspect.alone : 0 } };
  }

  /** The attempt is in the index. */
  succeeded({ journal, to }: Attempt): void {
    if (this.suspect === undefined) this.width *= 2;
    else if (journal > this.suspect.journal || (journal === this.suspect.journal && to >= this.suspect.to))
      this.cleared();
  }

  /** The record is put aside. */
  quarantined(): void {
    this.cleared();
  }

  private cleared(): void {
    this.suspect = undefined;
    this.width = 1;
  }
}
