import { stat } from 'node:fs/promises';

/**
 * Remembers what was read from sealed folders. A sealed folder changes only by a rename inside it (its time-stamp
 * arrives), which changes the folder's mtime; so an answer holds while the mtime does. The oldest answers go first.
 */
export class FolderCache<T> {
  readonly #entries = new Map<string, { readonly mtimeMs: number; readonly value: Promise<T> }>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  async get(folder: string, read: (folder: string) => Promise<T>): Promise<T> {
    const { mtimeMs } = await stat(folder);
    const known = this.#entries.get(folder);
    if (known && known.mtimeMs === mtimeMs) return known.value;
    const value = read(folder);
    this.#entries.delete(folder);
    this.#entries.set(folder, { mtimeMs, value });
    value.catch(() => {
      // A failure is not remembered; whoever waits for this value gets it.
      if (this.#entries.get(folder)?.value === value) this.#entries.delete(folder);
    });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#size) break;
      this.#entries.delete(oldest);
    }
    return value;
  }
}
