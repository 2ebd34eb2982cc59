import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { JournalBlock } from '../../journal/block.ts';
import { journalFileName, listJournals, listStreams } from '../../journal/streams.ts';
import type { AttemptFile } from './attempt-file.ts';
import { type Attempt, type Step, Suspects } from './suspects.ts';

/** End of a stream's newest file when this life began. */
interface End {
  readonly journal: number;
  readonly offset: number;
}

/**
 * What the index does differently in a life that follows crashes without progress: everything the journal held at the
 * start goes in piece by piece, with a durable note of the piece before each. Costs an fsync a piece, so it ends with
 * the last of these records.
 */
export class CarefulIndex {
  private readonly file: AttemptFile;
  private readonly failed: Attempt | undefined;
  private readonly ends: ReadonlyMap<string, End>;
  private readonly suspects = new Map<string, Suspects>();

  private constructor(file: AttemptFile, failed: Attempt | undefined, ends: ReadonlyMap<string, End>) {
    this.file = file;
    this.failed = failed;
    this.ends = ends;
  }

  /** Undefined when there is no reason for it: nobody asks for it, and no attempt was under way at the last end. */
  static async open(options: {
    readonly file: AttemptFile;
    readonly journalFolder: string;
    readonly asked: boolean;
  }): Promise<CarefulIndex | undefined> {
    const { file, journalFolder, asked } = options;
    const failed = await file.read();
    if (failed === undefined && !asked) return undefined;
    const ends = new Map<string, End>();
    for (const stream of await listStreams(journalFolder)) {
      const folder = path.join(journalFolder, stream);
      const journal = (await listJournals(folder)).at(-1);
      if (journal === undefined) continue;
      const { size } = await stat(path.join(folder, journalFileName(journal)));
      ends.set(stream, { journal, offset: size });
    }
    return new CarefulIndex(file, failed, ends);
  }

  /** Was this block there when the life began? What came later can't have ended the lives before it. */
  covers(stream: string, block: JournalBlock): boolean {
    const end = this.ends.get(stream);
    if (end === undefined) return false;
    return block.journal < end.journal || (block.journal === end.journal && block.offset < end.offset);
  }

  /** What to do with the records [from, end) of a journal file. An attempt is noted durably before this resolves. */
  async begin(stream: string, journal: number, from: number, end: number): Promise<Step> {
    const step = this.of(stream, journal, from).next(journal, from, end);
    if ('attempt' in step) await this.note(step.attempt);
    return step;
  }

  note(attempt: Attempt): Promise<void> {
    return this.file.write(attempt);
  }

  succeeded(attempt: Attempt): void {
    this.suspects.get(attempt.stream)?.succeeded(attempt);
  }

  quarantined(stream: string): void {
    this.suspects.get(stream)?.quarantined();
  }

  /** Nothing is under way: the index is away, or the process stops. */
  forget(): Promise<void> {
    return this.file.remove();
  }

  private of(stream: string, journal: number, from: number): Suspects {
    let suspects = this.suspects.get(stream);
    if (suspects === undefined) {
      const { failed } = this;
      const isLeft =
        failed?.stream === stream && (failed.journal > journal || (failed.journal === journal && failed.to > from));
      suspects = new Suspects(stream, isLeft ? failed : undefined);
      this.suspects.set(stream, suspects);
    }
    return suspects;
  }
}
