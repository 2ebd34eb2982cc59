import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isBefore } from '../../indexed-event.ts';
import type { StreamRange } from '../../sheddable-index.ts';
import type { JournalPosition } from '../../store.ts';
import { isAlive } from '../process-alive.ts';
import { ShedParts } from '../shedding/shed-parts.ts';
import { insertFile, type NewFile, removeFiles } from './catalogue-files.ts';
import { createCatalogue, fileFolder, transaction } from './catalogue-schema.ts';
import { FactsCollector, type FileFacts } from './file-facts.ts';
import { type KnownFile, knownFiles, LEASE_EXPIRES_MS } from './snapshot.ts';

export interface FreshFile {
  readonly id: number;
  readonly path: string;
  readonly level: number;
  readonly day: string;
  readonly rows: number;
}

/** A file that may have rows of a site and day. */
export interface DayFile extends FreshFile {
  /** Absolute, unlike a fresh file's. */
  readonly path: string;
  readonly packed: boolean;
}

function toFreshFile(row: Record<string, unknown>): FreshFile {
  return {
    id: Number(row.id),
    path: String(row.path),
    level: Number(row.level),
    day: String(row.day),
    rows: Number(row.row_count),
  };
}

/** The writer's hand on the catalogue. Everything that belongs together is one transaction. */
export class Catalogue {
  readonly #database: DatabaseSync;
  readonly #indexDir: string;
  /** What was taken out for want of disk room. */
  readonly shed: ShedParts;

  constructor(indexDir: string) {
    this.#indexDir = indexDir;
    this.#database = createCatalogue(indexDir);
    this.shed = new ShedParts(this.#database);
  }

  close(): void {
    this.#database.close();
  }

  position(stream: string): JournalPosition | null {
    const row = this.#database.prepare('SELECT journal, sequence FROM position WHERE stream = ?').get(stream);
    return row ? { journal: Number(row.journal), sequence: Number(row.sequence) } : null;
  }

  isPacked(site: string, day: string): boolean {
    return this.#database.prepare('SELECT 1 FROM packed_day WHERE site = ? AND day = ?').get(site, day) !== undefined;
  }

  /** Files beside every stream's position: all or none. */
  addFiles(files: readonly NewFile[]): void {
    transaction(this.#database, () => {
      for (const file of files) insertFile(this.#database, file);
    });
  }

  /** Files of a batch and the stream's new position: both or nothing. */
  addBatch(files: readonly NewFile[], stream: string, to: JournalPosition): void {
    transaction(this.#database, () => {
      for (const file of files) insertFile(this.#database, file);
      const at = this.position(stream);
      if (at && !isBefore(at, to)) return;
      this.#database
        .prepare(
          'INSERT INTO position VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET journal = excluded.journal, sequence = excluded.sequence',
        )
        .run(stream, to.journal, to.sequence);
    });
  }

  /** The merged file takes the place of its sources. False, and nothing done, when one of them is gone meanwhile. */
  swap(sources: readonly FreshFile[], merged: NewFile): boolean {
    return transaction(this.#database, () => {
      const live = this.#database.prepare('SELECT 1 FROM file WHERE id = ? AND removed_generation IS NULL');
      if (!sources.every(({ id }) => live.get(id))) return false;
      removeFiles(
        this.#database,
        sources.map(({ id }) => id),
      );
      insertFile(this.#database, merged);
      return true;
    });
  }

  /** Live files that may have rows of a site and received day: the packed one, where there is one, else fresh ones. */
  filesOf(site: string, day: string): DayFile[] {
    const rows = this.#database
      .prepare(
        `SELECT f.id, f.path, f.tier, f.level, f.day, f.row_count FROM file f
           JOIN file_site s ON s.file_id = f.id AND s.site = :site AND s.row_count > 0
         WHERE f.day = :day AND f.removed_generation IS NULL AND CASE
           WHEN EXISTS (SELECT 1 FROM packed_day WHERE site = :site AND day = :day)
           THEN f.id = (SELECT file_id FROM packed_day WHERE site = :site AND day = :day)
           ELSE f.tier = 'fresh' END`,
      )
      .all({ site, day });
    return rows.map((row) => ({
      ...toFreshFile(row),
      packed: row.tier === 'packed',
      path: row.tier === 'packed' ? String(row.path) : path.join(fileFolder(this.#indexDir), String(row.path)),
    }));
  }

  /** Each new file takes the place of an old one with the same records. False, and nothing done, when one is gone meanwhile. */
  rewrite(site: string, changes: readonly { readonly old: DayFile; readonly file: NewFile }[]): boolean {
    return transaction(this.#database, () => {
      const day = changes[0]?.old.day ?? '';
      const live = new Set(this.filesOf(site, day).map(({ id }) => id));
      if (!changes.every(({ old }) => live.has(old.id))) return false;
      for (const { old, file } of changes) {
        const id = insertFile(this.#database, file);
        if (!old.packed) continue;
        this.#database.prepare('UPDATE packed_day SET file_id = ? WHERE site = ? AND day = ?').run(id, site, old.day);
      }
      removeFiles(
        this.#database,
        changes.map(({ old }) => old.id),
      );
      return true;
    });
  }

  /** The packed file serves its site and day from now on; fresh files without any other row are dropped. */
  pack(site: string, file: NewFile): void {
    transaction(this.#database, () => {
      const old = this.#database
        .prepare('SELECT file_id FROM packed_day WHERE site = ? AND day = ?')
        .get(site, file.day);
      const id = insertFile(this.#database, file);
      this.#database
        .prepare('INSERT INTO packed_day VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET file_id = excluded.file_id')
        .run(site, file.day, id);
      if (old) removeFiles(this.#database, [Number(old.file_id)]);
      const replaced = this.#database
        .prepare(
          `SELECT id FROM file f WHERE tier = 'fresh' AND day = ? AND removed_generation IS NULL AND NOT EXISTS
             (SELECT 1 FROM file_site s WHERE s.file_id = f.id AND NOT EXISTS
               (SELECT 1 FROM packed_day p WHERE p.day = f.day AND p.site = s.site))`,
        )
        .all(file.day);
      removeFiles(
        this.#database,
        replaced.map((row) => Number(row.id)),
      );
      this.shed.forgetPacked(file.day);
    });
  }

  freshFiles(): FreshFile[] {
    const rows = this.#database
      .prepare(
        "SELECT id, path, level, day, row_count FROM file WHERE tier = 'fresh' AND removed_generation IS NULL ORDER BY day, min_received, id",
      )
      .all();
    return rows.map(toFreshFile);
  }

  /** Facts of several files together. */
  facts(files: readonly Pick<FreshFile, 'id'>[]): FileFacts {
    const collector = new FactsCollector();
    for (const { id } of files) {
      const row = this.#database.prepare('SELECT * FROM file WHERE id = ?').get(id) as Record<string, unknown>;
      const sites = this.#database.prepare('SELECT site, row_count FROM file_site WHERE file_id = ?').all(id);
      const streams = this.#database.prepare('SELECT * FROM file_stream WHERE file_id = ?').all(id);
      collector.addAll({
        rows: Number(row.row_count),
        minTimestamp: Number(row.min_timestamp),
        maxTimestamp: Number(row.max_timestamp),
        minReceived: Number(row.min_received),
        maxReceived: Number(row.max_received),
        sites: new Map(sites.map((site) => [String(site.site), Number(site.row_count)])),
        streams: streams.map(
          (range): StreamRange => ({
            stream: String(range.stream),
            first: { journal: Number(range.first_journal), sequence: Number(range.first_sequence) },
            last: { journal: Number(range.last_journal), sequence: Number(range.last_sequence) },
          }),
        ),
      });
    }
    return collector.facts;
  }

  /**
   * Paths (absolute) of files that are no longer part of the index and that no search reads. Of the archive's there are
   * ids only: they are forgotten and not removed.
   */
  releasedFiles(): { id: number; path: string | undefined }[] {
    this.#dropDeadLeases();
    const rows = this.#database
      .prepare(
        `SELECT id, path, tier FROM file WHERE removed_generation IS NOT NULL
           AND removed_generation <= (SELECT coalesce(min(generation), 9007199254740991) FROM lease)`,
      )
      .all();
    const folder = fileFolder(this.#indexDir);
    return rows.map((row) => {
      const file = row.tier === 'fresh' ? path.join(folder, String(row.path)) : String(row.path);
      return { id: Number(row.id), path: path.dirname(file) === folder ? file : undefined };
    });
  }

  forget(ids: readonly number[]): void {
    transaction(this.#database, () => {
      for (const id of ids) this.#database.prepare('DELETE FROM file WHERE id = ?').run(id);
    });
  }

  knownFiles(): KnownFile[] {
    return knownFiles(this.#database, this.#indexDir);
  }

  #dropDeadLeases(): void {
    const drop = this.#database.prepare('DELETE FROM lease WHERE id = ?');
    for (const row of this.#database.prepare('SELECT id, pid, heartbeat FROM lease').all()) {
      const silent = Date.now() - Number(row.heartbeat) > LEASE_EXPIRES_MS;
      if (silent || !isAlive(Number(row.pid))) drop.run(String(row.id));
    }
  }
}
