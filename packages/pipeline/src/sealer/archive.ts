import { randomUUID } from 'node:crypto';
import { cp, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
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
  async check(): Promise<void> {
    try {
      const known = await readMarker(this.localMarker);
      if (known === undefined) await mkdir(this.root, { recursive: true });
      const found = await readMarker(this.at(ARCHIVE_MARKER));
      if (found === undefined && known !== undefined) {
        throw new AppError('ARCHIVE_UNAVAILABLE', { detail: `${this.root} lacks its marker file ${ARCHIVE_MARKER}` });
      }
      if (found !== undefined && found === known) return;
      const id = found ?? randomUUID();
      if (found === undefined) await replaceFile(this.at(ARCHIVE_MARKER), encodeArchiveMarker(id));
      await replaceFile(this.localMarker, encodeArchiveMarker(id));
    } catch (cause) {
      throw cause instanceof AppError ? cause : unavailable(cause);
    }
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
  async publish(folder: string, relative: string): Promise<void> {
    await this.check();
    const target = this.at(relative);
    try {
      await makeFolders(this.root, path.dirname(target));
      await rename(folder, target).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
        return copyAcross(folder, target);
      });
      await syncFolder(path.dirname(target));
      await syncFolder(path.dirname(folder));
    } catch (cause) {
      throw unavailable(cause);
    }
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

function unavailable(cause: unknown): AppError {
  return new AppError('ARCHIVE_UNAVAILABLE', { detail: cause instanceof Error ? cause.message : String(cause), cause });
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
