import { open } from 'node:fs/promises';

/** Enough for a stack trace or two. */
const TAIL_BYTES = 32 * 1024;

/** A Java server says why it ended, and then forty lines of where. */
const STACK_FRAME = /^\s+at \S+\(/;

const isSaid = (line: string) => !STACK_FRAME.test(line);

/** The last lines of a file without stack frames, '' when it is not there. */
export async function tailOf(file: string, lines: number): Promise<string> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd().split('\n').filter(isSaid).slice(-lines).join('\n');
  } finally {
    await handle.close();
  }
}
