import type { Clock } from '@logmaster/core/clock';
import type { Fault } from '../fault.ts';
import { isDiskFull } from '../files.ts';
import { createJournalFile, type JournalFile, type OpenJournalFile } from './journal-file.ts';

export interface FileRotationOptions {
  /** `<journal>/<node>.<worker>` */
  readonly folder: string;
  readonly clock: Clock;
  readonly rotateBytes?: number;
  readonly createFile?: OpenJournalFile;
  readonly fault?: Fault;
}

const DEFAULT_ROTATE_BYTES = 64 * 1024 * 1024;

/**
 * The files of a stream, one after the other. The next one is created ahead when the current one has grown to its size,
 * so that no block waits for it, and takes over between two blocks.
 */
export class FileRotation {
  private readonly options: FileRotationOptions;
  private readonly rotateBytes: number;
  private readonly onFailure: (cause: unknown) => void;
  /** The file that blocks sealed now go to, its length once they are written, and the sequence of the next record. */
  current: JournalFile | undefined;
  private bytes = 0;
  sequence = 0;
  /** Created ahead, becomes `current` with the next block. */
  private next: JournalFile | undefined;
  private creating: Promise<void> | undefined;

  constructor(options: FileRotationOptions, onFailure: (cause: unknown) => void) {
    this.options = options;
    this.rotateBytes = options.rotateBytes ?? DEFAULT_ROTATE_BYTES;
    this.onFailure = onFailure;
  }

  /** Length of `current` once what was sealed is written. */
  get end(): number {
    return this.bytes;
  }

  /** Creates and publishes the file with which this process begins. */
  async open(journal: number): Promise<JournalFile> {
    const file = await this.create(journal);
    this.current = file;
    await file.publish();
    this.bytes = file.headerBytes;
    return file;
  }

  /** Changes over to the file created ahead, between two blocks. The commit closes the old one behind its last block. */
  change(): void {
    if (this.next === undefined) return;
    this.current = this.next;
    this.next = undefined;
    this.bytes = this.current.headerBytes;
    this.sequence = 0;
  }

  /** A block for the current file was sealed. */
  grow(records: number, bytes: number): void {
    this.sequence += records;
    this.bytes += bytes;
    if (this.current === undefined || this.bytes < this.rotateBytes || this.next !== undefined) return;
    this.prepare(this.current.journal + 1);
  }

  async close(): Promise<void> {
    await this.creating;
    await this.next?.close();
    await this.current?.close();
    this.current = undefined;
  }

  private prepare(journal: number): void {
    this.creating ??= this.create(journal)
      .then((file) => {
        this.next = file;
      })
      .catch((cause: unknown) => {
        // The old file takes what comes until the next one can be made.
        if (!isDiskFull(cause)) this.onFailure(cause);
      })
      .finally(() => {
        this.creating = undefined;
      });
  }

  private create(journal: number): Promise<JournalFile> {
    const create = this.options.createFile ?? createJournalFile;
    return create(this.options.folder, journal, this.options.clock(), this.options.fault);
  }
}
