// The file a sender reads its records from, and the one a receiver writes them to.
import { appendFile, readFile } from 'node:fs/promises';
import { until } from '../process/until.ts';

const LF = Buffer.from('\n');

/** Appends records as lines, in one write. Resolves with how many there were. */
export async function appendRecords(file: string, records: readonly (string | Uint8Array)[]): Promise<number> {
  const lines = records.flatMap((record) => [Buffer.from(record), LF]);
  await appendFile(file, Buffer.concat(lines));
  return records.length;
}

/** Whole lines of a file; one char a byte. A file that is not there yet has none. */
export async function readRecords(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').slice(0, -1);
}

export async function untilRecords(name: string, file: string, count: number, ms: number): Promise<readonly string[]> {
  let records: readonly string[] = [];
  await until(`${name} did not receive ${count} records`, ms, async () => {
    records = await readRecords(file);
    return records.length >= count || `${records.length} so far`;
  });
  return records;
}
