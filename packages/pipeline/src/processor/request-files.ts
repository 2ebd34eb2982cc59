import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '@logmaster/core/durable-files';
import type { z } from 'zod';
import { isMissing, readIfPresent, removeIfPresent, replaceFile } from '../files.ts';

type Stage = 'request' | 'running' | 'progress' | 'answer';

/** Requests to the processor as files, so that a command works while the product runs, and over a shared volume. */
export class RequestFiles<Request, Answer> {
  protected readonly folder: string;
  private readonly requests: z.ZodType<Request>;
  private readonly answers: z.ZodType<Answer>;

  constructor(folder: string, schemas: { readonly request: z.ZodType<Request>; readonly answer: z.ZodType<Answer> }) {
    this.folder = folder;
    this.requests = schemas.request;
    this.answers = schemas.answer;
  }

  /** Resolves with the request's name. */
  async ask(request: Request): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const name = randomUUID();
    await replaceFile(this.at(name, 'request'), JSON.stringify(request));
    return name;
  }

  /** The answer, taken away; undefined as long as there is none. */
  async takeAnswer(name: string): Promise<Answer | undefined> {
    const bytes = await readIfPresent(this.at(name, 'answer'));
    if (bytes === undefined) return undefined;
    await removeIfPresent(this.at(name, 'answer'));
    return this.answers.parse(JSON.parse(bytes.toString()));
  }

  /** False when the processor has it already. */
  async withdraw(name: string): Promise<boolean> {
    const there = (await readIfPresent(this.at(name, 'request'))) !== undefined;
    await removeIfPresent(this.at(name, 'request'));
    return there;
  }

  async names(stage: Exclude<Stage, 'progress'>): Promise<string[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const ending = `.${stage}.json`;
    return names
      .filter((name) => !name.startsWith('.') && name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length));
  }

  /** From now on a crash is told by what is left. Undefined when the request was withdrawn. */
  async begin(name: string): Promise<Request | undefined> {
    try {
      await rename(this.at(name, 'request'), this.at(name, 'running'));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    await syncFolder(this.folder);
    return this.running(name);
  }

  async running(name: string): Promise<Request | undefined> {
    const bytes = await readIfPresent(this.at(name, 'running'));
    return bytes && this.requests.parse(JSON.parse(bytes.toString()));
  }

  async answer(name: string, answer: Answer): Promise<void> {
    await replaceFile(this.at(name, 'answer'), JSON.stringify(answer));
    await removeIfPresent(this.at(name, 'running'));
    await removeIfPresent(this.at(name, 'progress'));
  }

  /** Removes answers that nobody has taken for so long. */
  async forgetAnswers(olderThanMs: number): Promise<void> {
    for (const name of await this.names('answer')) {
      const { mtimeMs } = await stat(this.at(name, 'answer'));
      if (Date.now() - mtimeMs > olderThanMs) await removeIfPresent(this.at(name, 'answer'));
    }
  }

  protected at(name: string, stage: Stage): string {
    return path.join(this.folder, `${name}.${stage}.json`);
  }
}
