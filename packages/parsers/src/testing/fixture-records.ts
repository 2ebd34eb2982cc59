import { existsSync, readdirSync, readFileSync } from 'node:fs';

const SOURCES = new URL('../', import.meta.url);

/** Folders with fixtures, each a vendor's. */
export const FIXTURE_FOLDERS: readonly string[] = readdirSync(SOURCES)
  .filter((folder) => existsSync(new URL(`${folder}/fixtures/records.log`, SOURCES)))
  .sort();

/** The records of one folder. */
export function fixtureRecords(folder: string): Buffer[] {
  return readFileSync(new URL(`${folder}/fixtures/records.log`, SOURCES), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line));
}

/** Those of all vendors. */
export function allFixtureRecords(): Buffer[] {
  return FIXTURE_FOLDERS.flatMap(fixtureRecords);
}
