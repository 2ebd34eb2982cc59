import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type FileDigest, hashStream } from '../file-digest.ts';
import type { VerifyContext } from './context.ts';

/** Largest small file that is read whole. A manifest with 10 000 sources has some 1.5 MB. */
const MAX_SMALL_BYTES = 32 * 1024 * 1024;

/** The regular files of one sealed folder; anything else in it is named as a finding. */
export class FolderFiles {
  readonly folder: string;
  readonly #context: VerifyContext;
  readonly #sizes: ReadonlyMap<string, number>;

  private constructor(folder: string, context: VerifyContext, sizes: ReadonlyMap<string, number>) {
    this.folder = folder;
    this.#context = context;
    this.#sizes = sizes;
  }

  /** `known`: the names that may stand in it. */
  static async list(folder: string, known: ReadonlySet<string>, context: VerifyContext): Promise<FolderFiles> {
    const sizes = new Map<string, number>();
    for (const name of (await readdir(folder)).toSorted()) {
      const file = path.join(folder, name);
      const found = await lstat(file).catch(() => undefined);
      if (!found) continue; // gone since it was listed: reported as missing when it is needed
      if (known.has(name) && found.isFile()) sizes.set(name, found.size);
      else if (known.has(name)) context.failure('unexpected-file', file, `${name} is not a regular file`);
      else if (name.startsWith('.') && found.isFile()) {
        context.notice('under-construction', file, `${name} is being written, or was left by an interrupted write`);
      } else context.failure('unexpected-file', file, `${name} does not belong into a sealed folder`);
    }
    return new FolderFiles(folder, context, sizes);
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  has(name: string): boolean {
    return this.#sizes.has(name);
  }

  size(name: string): number {
    return this.#sizes.get(name) ?? 0;
  }

  /** Content of a small file; undefined when it is missing, unreadable or implausibly large (both reported). */
  async read(name: string): Promise<Buffer | undefined> {
    if (!this.has(name)) return undefined;
    if (this.size(name) > MAX_SMALL_BYTES) {
      this.#context.failure('altered', this.path(name), `${name} is implausibly large`);
      return undefined;
    }
    return this.#guarded(name, async () => {
      const handle = await open(this.path(name), 'r');
      try {
        const bytes = await handle.readFile();
        this.#context.bytes += bytes.length;
        return bytes;
      } finally {
        await handle.close();
      }
    });
  }

  /** Digest of a file of any size; undefined when it is missing or unreadable (reported). */
  async digest(name: string): Promise<FileDigest | undefined> {
    if (!this.has(name)) return undefined;
    return this.#guarded(name, async () => {
      const digest = await hashStream(this.stream(name));
      this.#context.bytes += digest.bytes;
      return digest;
    });
  }

  /** `range`: half-open, bytes. */
  stream(name: string, range?: { readonly from: number; readonly to: number }): AsyncIterable<Buffer> {
    if (range && range.to <= range.from) return emptyStream();
    return createReadStream(this.path(name), range ? { start: range.from, end: range.to - 1 } : {});
  }

  async #guarded<T>(name: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === undefined) throw thrown;
      if (code !== 'ENOENT') this.#context.failure('unreadable', this.path(name), `${name} can not be read (${code})`);
      return undefined;
    }
  }
}

async function* emptyStream(): AsyncGenerator<Buffer> {
  // an empty range of a file: nothing to yield
}
