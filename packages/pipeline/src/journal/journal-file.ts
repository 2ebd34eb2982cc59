import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '@logmaster/core/durable-files';
import { type Fault, noFault } from '../fault.ts';
import { encodeFileHeader, FILE_HEADER_BYTES } from './format.ts';
import { journalFileName } from './streams.ts';

/** What the writer needs of a file; tests put a failing one in its place. */
export interface AppendFile {
  /** Appends. When it throws, nothing counts as written: the next call begins at the same place. */
  writev(pieces: readonly Uint8Array[]): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalFile extends AppendFile {
  /** Gives the file its name, durably. Readers take a name as the sign that the file before is complete. */
  publish(): Promise<void>;
  readonly journal: number;
  readonly salt: number;
  readonly headerBytes: number;
}

export type OpenJournalFile = (
  folder: string,
  journal: number,
  createdMicros: number,
  fault?: Fault,
) => Promise<JournalFile>;

/** Creates file `journal` of the stream under a temporary name; its header is durable when this resolves. */
export const createJournalFile: OpenJournalFile = async (folder, journal, createdMicros, fault = noFault) => {
  const [node = '', worker = ''] = path.basename(folder).split('.');
  const salt = randomBytes(4).readUInt32LE(0);
  const name = path.join(folder, journalFileName(journal));
  const handle = await open(`${name}.new`, 'w', 0o640);
  try {
    await handle.write(encodeFileHeader({ node, worker, journal, createdMicros, salt }));
    await handle.datasync();
    fault('file-created');
  } catch (error) {
    await handle.close();
    throw error;
  }
  let end = FILE_HEADER_BYTES;
  let named = false;
  return {
    journal,
    salt,
    headerBytes: FILE_HEADER_BYTES,
    publish: async () => {
      if (!named) await rename(`${name}.new`, name);
      named = true;
      fault('file-named');
      await syncFolder(folder);
    },
    writev: async (pieces) => {
      end += await writeWhole(handle, pieces, end);
    },
    datasync: () => handle.datasync(),
    close: () => handle.close(),
  };
};

/** writev may write less than asked (disk nearly full): the rest is written on, or the error surfaces. */
async function writeWhole(handle: FileHandle, pieces: readonly Uint8Array[], at: number): Promise<number> {
  const wanted = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const { bytesWritten } = await handle.writev(pieces as Uint8Array[], at);
  if (bytesWritten === wanted) return wanted;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let done = 0; done < rest.length; ) {
    const written = await handle.write(rest, done, rest.length - done, at + bytesWritten + done);
    done += written.bytesWritten;
  }
  return wanted;
}
