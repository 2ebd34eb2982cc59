import { randomUUID } from 'node:crypto';
import { constants, cp, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import { ARCHIVE_MARKER, encodeArchiveMarker, parseArchiveMarker } from '@logmaster/signing/archive-marker';
import { isMissing, readIfPresent, replaceFile } from '../files.ts';

/** Where sealed folders end up: any POSIX path, an NFS mount in production. Nothing in it is ever appended to. */
export class Archive {
  readonly root: string;
  private readonly localMarker: string;

  /** @param localMarker file outside the archive that remembers the archive's marker */
  constructor(root: string, localMarker: string) {
    this.root = root;
    this.localMarker = localMarker;
  }

  at(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  /** Throws ARCHIVE_UNAVAILABLE when the folder can't be used or is not the one that was used before. */
  check(): Promise<void> {
    return this.through(async () => undefined);
  }

  async has(relative: string): Promise<boolean> {
    try {
      await stat(this.at(relative));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw unavailable(error);
    }
  }

  /**
   * Moves a finished, fsynced folder to `relative`, which becomes visible whole by one rename. From another file system
   * it is copied under a temporary name, made durable, read back and compared first. Repeatable after a crash.
   */
  publish(folder: string, relative: string): Promise<void> {
    return this.through(async (root) => {
      const target = path.join(root, relative);
      await makeFolders(root, path.dirname(target));
      await rename(folder, target).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
        return copyAcross(folder, target);
      });
      await syncFolder(path.dirname(target));
      await syncFolder(path.dirname(folder));
    });
  }

  /**
   * Opens the archive's folder, makes sure that it is the one that was used before, and goes through that: when the archive is
   * unmounted meanwhile nothing ends up in the empty folder at its path, where the next mount would hide it. Linux: `/proc/self/fd`.
   * Throws ARCHIVE_UNAVAILABLE.
   */
  private async through(use: (root: string) => Promise<void>): Promise<void> {
    let root = this.root;
    try {
      const known = await readMarker(this.localMarker);
      if (known === undefined) await mkdir(this.root, { recursive: true });
      const held = await open(this.root, constants.O_RDONLY | constants.O_DIRECTORY);
      try {
        root = `/proc/self/fd/${held.fd}`;
        await this.recognise(root, known);
        await use(root);
      } finally {
        await held.close();
      }
    } catch (cause) {
      throw unavailable(cause, (text) => text.replaceAll(root, this.root));
    }
  }

  private async recognise(root: string, known: string | undefined): Promise<void> {
    const marker = path.join(root, ARCHIVE_MARKER);
    const found = await readMarker(marker);
    if (found === undefined && known !== undefined) {
      throw new AppError('ARCHIVE_UNAVAILABLE', { detail: `${this.root} lacks its marker file ${ARCHIVE_MARKER}` });
    }
    if (found !== undefined && found === known) return;
    const id = found ?? randomUUID();
    if (found === undefined) await replaceFile(marker, encodeArchiveMarker(id));
    await replaceFile(this.localMarker, encodeArchiveMarker(id));
  }

  /** Names in a folder of the archive; none when it does not exist. */
  async list(relative: string): Promise<string[]> {
    return readdir(this.at(relative)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw unavailable(error);
    });
  }
}

async function readMarker(file: string): Promise<string | undefined> {
  const bytes = await readIfPresent(file);
  if (bytes === undefined) return undefined;
  const id = parseArchiveMarker(bytes);
  if (id === undefined) throw new AppError('ARCHIVE_UNAVAILABLE', { detail: `the marker ${file} is damaged` });
  return id;
}

/** @param told what is said, in words that an admin knows */
function unavailable(cause: unknown, told = (text: string) => text): AppError {
  const said = cause instanceof AppError ? cause.detail : cause instanceof Error ? cause.message : undefined;
  return new AppError('ARCHIVE_UNAVAILABLE', { detail: told(said ?? String(cause)), cause });
}

/** Like mkdir -p, each new name durable in its parent. */
async function makeFolders(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let at = folder; at !== path.dirname(root); at = path.dirname(at)) await syncFolder(at);
}

/** The copy has a name that starts with a dot until it is proven equal: readers pass over such names. */
export async function copyAcross(folder: string, target: string): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.tmp`);
  await rm(temporary, { recursive: true, force: true });
  await cp(folder, temporary, { recursive: true });
  for (const name of await readdir(temporary)) {
    const file = path.join(temporary, name);
    const handle = await open(file, 'r+');
    await handle.sync().finally(() => handle.close());
    await expectSame(path.join(folder, name), file);
  }
  await syncFolder(temporary);
  await rename(temporary, target);
  await syncFolder(path.dirname(target));
  await rm(folder, { recursive: true });
}

async function expectSame(a: string, b: string): Promise<void> {
  // Sealed files are at most a compressed segment or day; both are read back from where they will be read later.
  const [left, right] = await Promise.all([readFile(a), readFile(b)]);
  if (!left.equals(right)) throw new AppError('ARCHIVE_UNAVAILABLE', { detail: `${b} does not read back as written` });
}
