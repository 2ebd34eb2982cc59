import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readIfPresent, removeIfPresent, replaceFile } from '../../files.ts';
import type { Attempt } from './suspects.ts';

const count = z.int().nonnegative();
const attemptSchema = z.strictObject({
  stream: z.string(),
  journal: count,
  from: count,
  to: count,
  crashes: count,
  alone: count,
});

/** What is under way, for the next life of the processor: it is there after a crash and gone after a stop. */
export class AttemptFile {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  async read(): Promise<Attempt | undefined> {
    const bytes = await readIfPresent(this.file);
    return bytes && attemptSchema.parse(JSON.parse(bytes.toString()));
  }

  async write(attempt: Attempt): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    await replaceFile(this.file, JSON.stringify(attempt));
  }

  remove(): Promise<void> {
    return removeIfPresent(this.file);
  }
}
