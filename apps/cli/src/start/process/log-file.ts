import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A file is turned at 10 MiB and three old ones stay: at most 40 MiB a process. */
const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;

export interface LogFile {
  write(line: string): void;
  close(): void;
}

function turn(file: string): void {
  for (let number = KEPT - 1; number >= 0; number--) {
    const from = number === 0 ? file : `${file}.${number}`;
    try {
      renameSync(from, `${file}.${number + 1}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Appends lines to `file`; `file.1` is the newest old one. Synchronous: the last words of a crash must be in it. */
export function openLogFile(file: string): LogFile {
  let handle = openSync(file, 'a', 0o640);
  let bytes = fstatSync(handle).size;
  return {
    write(line) {
      if (bytes >= MAX_BYTES) {
        closeSync(handle);
        turn(file);
        handle = openSync(file, 'a', 0o640);
        bytes = 0;
      }
      bytes += writeSync(handle, `${line}\n`);
    },
    close: () => closeSync(handle),
  };
}
