import { createJournalFile, type OpenJournalFile } from '../journal/journal-file.ts';

/** Journal files whose fdatasync can be held, and can be made to fail: a slow disk and a broken one. */
export class HeldDisk {
  private gate: PromiseWithResolvers<void> | undefined;
  private error: Error | undefined;
  /** fdatasync calls that have returned. */
  synced = 0;

  readonly createFile: OpenJournalFile = async (folder, journal, created) => {
    const file = await createJournalFile(folder, journal, created);
    return {
      ...file,
      datasync: async () => {
        await this.gate?.promise;
        if (this.error !== undefined) throw this.error;
        await file.datasync();
        this.synced += 1;
      },
    };
  };

  hold(): void {
    this.gate ??= Promise.withResolvers();
  }

  release(): void {
    this.gate?.resolve();
    this.gate = undefined;
  }

  /** From now on every fdatasync fails, the one that is held too. */
  break(code: string): void {
    this.error = Object.assign(new Error(`${code}: fdatasync`), { code });
    this.release();
  }

  mend(): void {
    this.error = undefined;
  }
}
