import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);

/** Folders that have fixtures: each is a vendor's, or a general form's. */
export const FIXTURE_FOLDERS: readonly string[] = readdirSync(ROOT)
  .filter((folder) => existsSync(new URL(`${folder}/fixtures/records.log`, ROOT)))
  .sort();

/** The records of a folder, in the file's order. Lines that begin with # name their sources. */
export function readFixtures(folder: string): Buffer[] {
  return readFileSync(new URL(`${folder}/fixtures/records.log`, ROOT), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line));
}

/** Those of all folders. */
export function allFixtures(): Buffer[] {
  return FIXTURE_FOLDERS.flatMap(readFixtures);
}

/** Time and zone of all fixtures: 23 November 2026, 21:00 in Istanbul (UTC+3). */
export const FIXTURE_CONTEXT = {
  receivedAt: Date.UTC(2026, 10, 23, 18) * 1000,
  timeZone: 'Europe/Istanbul',
  source: '192.0.2.1',
} as const;
