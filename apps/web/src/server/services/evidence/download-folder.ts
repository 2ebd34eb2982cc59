import { type FileHandle, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { AppError } from '@logmaster/core/errors';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import type { FolderInput } from '../../contracts/evidence.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { isMissing } from './archive-names.ts';
import { findFolder } from './find-folder.ts';
import { TAR_END, tarHeader, tarPadding } from './tar.ts';

type Deps = Pick<Dependencies, 'layout' | 'tsa' | 'logger'>;

const SEALED: ReadonlySet<string> = new Set(Object.values(SEAL_FILES));
const CHUNK = 256 * 1024;

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
}

/** Opened before the answer begins: a file that goes while it is sent (its day gets packed) is still read to its end. */
async function openAll(files: readonly (readonly [name: string, file: string])[]): Promise<OpenFile[]> {
  const opened: OpenFile[] = [];
  try {
    for (const [name, file] of files) opened.push({ name, handle: await open(file, 'r') });
    return opened;
  } catch (cause) {
    await closeAll(opened);
    if (isMissing(cause)) throw new AppError('CONFLICT', { detail: 'the day was just packed; ask again', cause });
    throw new AppError('ARCHIVE_UNAVAILABLE', { cause });
  }
}

async function closeAll(files: readonly OpenFile[]): Promise<void> {
  for (const { handle } of files) await handle.close();
}

async function* tar(files: readonly OpenFile[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    for (const { name, handle } of files) {
      const { size, mtimeMs } = await handle.stat();
      yield new Uint8Array(tarHeader({ name, size, mtime: mtimeMs / 1000 }));
      for (let at = 0; at < size; ) {
        const { bytesRead, buffer } = await handle.read(new Uint8Array(Math.min(CHUNK, size - at)), 0, null, at);
        if (bytesRead === 0) throw new AppError('ARCHIVE_UNAVAILABLE', { detail: `${name} got shorter` });
        yield buffer.subarray(0, bytesRead);
        at += bytesRead;
      }
      yield new Uint8Array(tarPadding(size));
    }
    yield new Uint8Array(TAR_END);
  } finally {
    await closeAll(files);
  }
}

/**
 * A sealed folder as a tar: its files under their place in the archive, and `tsa-ca.pem` beside, so that the checks of
 * docs/formats/evidence.md work on what is unpacked. Folders hold sealed files only; anything else is left out.
 */
export async function downloadFolder(deps: Deps, user: SessionUser, input: FolderInput) {
  const folder = await findFolder(deps, user, input);
  const absolute = path.join(deps.layout.archive, folder);
  const names = (await readdir(absolute)).filter((name) => SEALED.has(name)).sort();
  const files = await openAll(names.map((name) => [`${folder}/${name}`, path.join(absolute, name)] as const));
  const anchor = await open(deps.layout.tsaCa, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (anchor) files.push({ name: 'tsa-ca.pem', handle: anchor });
  deps.logger.info({ folder, user: user.id }, 'evidence downloaded');
  // The same class as the global one; only Node's types have `from`.
  const stream = NodeStream.from(tar(files)) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  return { filename: `${folder.replaceAll('/', '-')}.tar`, stream };
}
