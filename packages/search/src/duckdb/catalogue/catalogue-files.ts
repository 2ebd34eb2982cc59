import type { DatabaseSync } from 'node:sqlite';
import type { FileFacts } from './file-facts.ts';

export interface NewFile {
  /** File name inside files/, or the absolute path of a packed file. */
  readonly path: string;
  readonly tier: 'fresh' | 'packed';
  readonly level: number;
  readonly day: string;
  readonly bytes: number;
  readonly facts: FileFacts;
}

/** Adds a file inside the caller's transaction. Returns its id. */
export function insertFile(database: DatabaseSync, { path: name, tier, level, day, bytes, facts }: NewFile): number {
  const { lastInsertRowid } = database
    .prepare('INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)')
    .run(
      name,
      tier,
      level,
      day,
      facts.rows,
      bytes,
      facts.minTimestamp,
      facts.maxTimestamp,
      facts.minReceived,
      facts.maxReceived,
    );
  const id = Number(lastInsertRowid);
  const stream = database.prepare('INSERT INTO file_stream VALUES (?, ?, ?, ?, ?, ?)');
  for (const range of facts.streams) {
    stream.run(id, range.stream, range.first.journal, range.first.sequence, range.last.journal, range.last.sequence);
  }
  const site = database.prepare('INSERT INTO file_site VALUES (?, ?, ?)');
  for (const [name, rows] of facts.sites) site.run(id, name, rows);
  return id;
}

/** From the caller's transaction on the files are no part of the index; they go once no search reads them. */
export function removeFiles(database: DatabaseSync, ids: readonly number[]): void {
  if (ids.length === 0) return;
  database.exec("UPDATE meta SET value = value + 1 WHERE name = 'generation'");
  const statement = database.prepare(
    "UPDATE file SET removed_generation = (SELECT value FROM meta WHERE name = 'generation') WHERE id = ?",
  );
  for (const id of ids) statement.run(id);
}
