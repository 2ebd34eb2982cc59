import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from '../../store.ts';
import { fileFolder, openCatalogue, transaction } from './catalogue-schema.ts';

/** How often a process says that its searches still run, and after how long a silent one is taken for dead. */
const HEARTBEAT_MS = 5000;
export const LEASE_EXPIRES_MS = 60_000;

export interface IndexFile {
  readonly path: string;
  readonly day: string;
  readonly rows: number;
  readonly minTimestamp: Micros;
  readonly maxTimestamp: Micros;
  /** Sites whose rows must not be taken from this file, because their day is packed. */
  readonly hiddenSites: readonly string[];
  /** It may lack columns, or have others. */
  readonly byName: boolean;
}

/** What a search may have to look at; open where undefined. Ends are exclusive. */
export interface Extent {
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
  readonly receivedFrom?: Micros | undefined;
  readonly receivedTo?: Micros | undefined;
  /** Sites that the asker may see; null and undefined for all. */
  readonly sites?: readonly string[] | null | undefined;
  readonly record?: { readonly stream: string; readonly position: JournalPosition } | undefined;
}

const FILES = `
SELECT f.path, f.tier, f.day, f.row_count, f.min_timestamp, f.max_timestamp,
  (SELECT json_group_array(p.site) FROM packed_day p JOIN file_site s ON s.site = p.site AND s.file_id = f.id
    WHERE p.day = f.day AND f.tier = 'fresh') AS hidden,
  EXISTS (SELECT 1 FROM file_by_name b WHERE b.file_id = f.id) AS by_name
FROM file f
WHERE f.removed_generation IS NULL AND f.row_count > 0
  AND f.max_timestamp >= :from AND f.min_timestamp < :to AND f.max_received >= :received_from AND f.min_received < :received_to
  AND (:stream IS NULL OR EXISTS (SELECT 1 FROM file_stream s WHERE s.file_id = f.id AND s.stream = :stream
    AND (s.first_journal, s.first_sequence) <= (:journal, :sequence)
    AND (s.last_journal, s.last_sequence) >= (:journal, :sequence)))
ORDER BY f.max_timestamp DESC`;

/** Received days of which records are out of the index that the search may have to look at. */
const SHED = `
SELECT DISTINCT p.day FROM shed_part p
WHERE p.max_timestamp >= :from AND p.min_timestamp < :to AND p.max_received >= :received_from AND p.min_received < :received_to
  AND EXISTS (SELECT 1 FROM shed_site s WHERE s.part_id = p.id AND s.row_count > 0
    AND NOT EXISTS (SELECT 1 FROM packed_day d WHERE d.day = p.day AND d.site = s.site)
    AND (:sites IS NULL OR s.site IN (SELECT value FROM json_each(:sites))))
  AND (:stream IS NULL OR EXISTS (SELECT 1 FROM shed_range r WHERE r.part_id = p.id AND r.stream = :stream
    AND (r.first_journal, r.first_sequence) <= (:journal, :sequence)
    AND (r.last_journal, r.last_sequence) >= (:journal, :sequence)))
ORDER BY p.day`;

const FIRST = Number.MIN_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

function boundsOf(extent: Extent) {
  return {
    from: extent.from ?? FIRST,
    to: extent.to ?? LAST,
    received_from: extent.receivedFrom ?? FIRST,
    received_to: extent.receivedTo ?? LAST,
    stream: extent.record?.stream ?? null,
    journal: extent.record?.position.journal ?? 0,
    sequence: extent.record?.position.sequence ?? 0,
  };
}

function listShedDays(database: DatabaseSync, extent: Extent): string[] {
  const sites = extent.sites ? JSON.stringify(extent.sites) : null;
  return database
    .prepare(SHED)
    .all({ ...boundsOf(extent), sites })
    .map(({ day }) => String(day));
}

function listFiles(database: DatabaseSync, indexDir: string, extent: Extent): IndexFile[] {
  const rows = database.prepare(FILES).all(boundsOf(extent));
  return rows.map((row) => ({
    path: filePath(indexDir, row),
    day: String(row.day),
    rows: Number(row.row_count),
    minTimestamp: Number(row.min_timestamp),
    maxTimestamp: Number(row.max_timestamp),
    hiddenSites: JSON.parse(String(row.hidden)) as string[],
    byName: Number(row.by_name) === 1,
  }));
}

export interface KnownFile {
  readonly path: string;
  readonly bytes: number;
  /** Part of the index; otherwise it waits for its readers and its removal. */
  readonly live: boolean;
}

const filePath = (indexDir: string, row: Record<string, unknown>) =>
  row.tier === 'packed' ? String(row.path) : path.join(fileFolder(indexDir), String(row.path));

/** Files of the index with absolute paths, also those that wait for their removal. */
export function knownFiles(database: DatabaseSync, indexDir: string): KnownFile[] {
  const rows = database.prepare('SELECT path, tier, byte_count, removed_generation FROM file').all();
  return rows.map((row) => ({
    path: filePath(indexDir, row),
    bytes: Number(row.byte_count),
    live: row.removed_generation === null,
  }));
}

/** The index at one moment, until `release`. */
export interface Snapshot {
  /** Newest first by their newest `@timestamp`. */
  readonly files: readonly IndexFile[];
  /** Received days, `YYYY-MM-DD`, of records that may match and are out of the index for want of disk room. */
  readonly shedDays: readonly string[];
  release(): void;
}

/**
 * Consistent views of the catalogue. A snapshot holds a lease: files that are replaced meanwhile stay on disk until it
 * is released, or until this process is gone.
 */
export class Snapshots {
  readonly #indexDir: string;
  #database: DatabaseSync | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  readonly #held = new Set<string>();

  constructor(indexDir: string) {
    this.#indexDir = indexDir;
  }

  get database(): DatabaseSync | undefined {
    this.#database ??= openCatalogue(this.#indexDir);
    return this.#database;
  }

  take(extent: Extent): Snapshot {
    const database = this.database;
    if (!database) return { files: [], shedDays: [], release: () => undefined };
    const id = randomUUID();
    const seen = transaction(database, () => {
      database
        .prepare("INSERT INTO lease SELECT ?, ?, value, ? FROM meta WHERE name = 'generation'")
        .run(id, process.pid, Date.now());
      return { files: listFiles(database, this.#indexDir, extent), shedDays: listShedDays(database, extent) };
    });
    this.#held.add(id);
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    return { ...seen, release: () => this.#release(id) };
  }

  /** Every file of the index with its size, for the health check. */
  known(): KnownFile[] {
    return this.database ? knownFiles(this.database, this.#indexDir) : [];
  }

  #release(id: string): void {
    if (!this.#held.delete(id)) return;
    this.#database?.prepare('DELETE FROM lease WHERE id = ?').run(id);
  }

  #beat(): void {
    const statement = this.#database?.prepare('UPDATE lease SET heartbeat = ? WHERE id = ?');
    for (const id of this.#held) statement?.run(Date.now(), id);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const id of [...this.#held]) this.#release(id);
    this.#database?.close();
    this.#database = undefined;
  }
}
