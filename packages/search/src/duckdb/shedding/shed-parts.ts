import type { DatabaseSync } from 'node:sqlite';
import type { IndexPart, ShedPart, StreamRange } from '../../sheddable-index.ts';
import { insertFile, type NewFile, removeFiles } from '../catalogue/catalogue-files.ts';
import { transaction } from '../catalogue/catalogue-schema.ts';
import { overlappingGroups } from './shed-plan.ts';

/** A part is at most about one merged file: what a restore reads and writes at a time. */
const MOST_ROWS = 1_048_576;

interface Facts {
  readonly day: string;
  readonly bytes: number;
  readonly minTimestamp: number;
  readonly maxTimestamp: number;
  readonly minReceived: number;
  readonly maxReceived: number;
  readonly ranges: readonly StreamRange[];
  readonly sites: ReadonlyMap<string, number>;
}

interface Candidate extends Facts {
  /** A live file, or a part that is out and that a file's range has come to span. */
  readonly kind: 'file' | 'part';
  readonly id: number;
}

const UNPACKED = 'NOT EXISTS (SELECT 1 FROM packed_day d WHERE d.day = p.day AND d.site = s.site)';

/** What the catalogue knows of records that are out of the index. */
export class ShedParts {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes the oldest rebuildable groups of one day out. Undefined when there is none. */
  take(bytes: number, canRebuild: (part: IndexPart) => boolean): number | undefined {
    return transaction(this.#database, () => {
      for (const day of this.#days()) {
        const chosen: Candidate[] = [];
        for (const group of overlappingGroups([...this.#files(day), ...this.#out(day)])) {
          if (!group.some(({ kind }) => kind === 'file')) continue;
          if (sum(chosen, ({ bytes }) => bytes) >= bytes) break;
          if (chosen.length > 0 && sum([...chosen, ...group], rows) > MOST_ROWS) break;
          if (canRebuild({ sites: sitesOf(group), ranges: group.flatMap(({ ranges }) => ranges) })) {
            chosen.push(...group);
          }
        }
        if (chosen.length > 0) return this.#replace(day, chosen);
      }
      return undefined;
    });
  }

  /** Newest first. */
  list(): ShedPart[] {
    const parts = this.#database.prepare('SELECT * FROM shed_part ORDER BY max_received DESC, id DESC').all();
    return parts.map((row) => this.#part(row));
  }

  find(id: number): ShedPart | undefined {
    const row = this.#database.prepare('SELECT * FROM shed_part WHERE id = ?').get(id);
    return row && this.#part(row);
  }

  /**
   * The files hold the part's rows from now on. Nothing is changed when the part is no longer out (`gone`), or when the
   * files hold another number of rows of a site that is not packed (`not the same`).
   */
  putBack(id: number, files: readonly NewFile[]): 'back' | 'gone' | 'not the same' {
    return transaction(this.#database, () => {
      const row = this.#database.prepare('SELECT * FROM shed_part WHERE id = ?').get(id);
      if (!row) return 'gone';
      const found = new Map<string, number>();
      for (const { facts } of files) {
        for (const [site, count] of facts.sites) found.set(site, (found.get(site) ?? 0) + count);
      }
      for (const [site, count] of this.#unpackedSites(id)) if (found.get(site) !== count) return 'not the same';
      for (const file of files) insertFile(this.#database, file);
      this.#database.prepare('DELETE FROM shed_part WHERE id = ?').run(id);
      return 'back';
    });
  }

  /** Inside the caller's transaction: parts of the day that packed files now serve whole are no longer out. */
  forgetPacked(day: string): void {
    this.#database
      .prepare(
        `DELETE FROM shed_part AS p WHERE day = ? AND NOT EXISTS
           (SELECT 1 FROM shed_site s WHERE s.part_id = p.id AND ${UNPACKED})`,
      )
      .run(day);
  }

  #replace(day: string, chosen: readonly Candidate[]): number {
    const least = (key: 'minTimestamp' | 'minReceived') => Math.min(...chosen.map((one) => one[key]));
    const most = (key: 'maxTimestamp' | 'maxReceived') => Math.max(...chosen.map((one) => one[key]));
    const { lastInsertRowid } = this.#database.prepare('INSERT INTO shed_part VALUES (NULL, ?, ?, ?, ?, ?, ?)').run(
      day,
      sum(chosen, ({ bytes }) => bytes),
      least('minTimestamp'),
      most('maxTimestamp'),
      least('minReceived'),
      most('maxReceived'),
    );
    const id = Number(lastInsertRowid);
    const range = this.#database.prepare('INSERT INTO shed_range VALUES (?, ?, ?, ?, ?, ?)');
    for (const { stream, first, last } of chosen.flatMap(({ ranges }) => ranges)) {
      range.run(id, stream, first.journal, first.sequence, last.journal, last.sequence);
    }
    const site = this.#database.prepare(
      'INSERT INTO shed_site VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET row_count = row_count + excluded.row_count',
    );
    for (const { sites } of chosen) for (const [name, rows] of sites) site.run(id, name, rows);
    const old = this.#database.prepare('DELETE FROM shed_part WHERE id = ?');
    for (const { kind, id } of chosen) if (kind === 'part') old.run(id);
    removeFiles(
      this.#database,
      chosen.filter(({ kind }) => kind === 'file').map(({ id }) => id),
    );
    return id;
  }

  /** Received days that have files, oldest first. */
  #days(): string[] {
    const rows = this.#database
      .prepare("SELECT DISTINCT day FROM file WHERE tier = 'fresh' AND removed_generation IS NULL ORDER BY day")
      .all();
    return rows.map(({ day }) => String(day));
  }

  #files(day: string): Candidate[] {
    const rows = this.#database
      .prepare("SELECT * FROM file WHERE tier = 'fresh' AND removed_generation IS NULL AND day = ?")
      .all(day);
    return rows.map((row) => this.#candidate('file', row));
  }

  #out(day: string): Candidate[] {
    const rows = this.#database.prepare('SELECT * FROM shed_part WHERE day = ?').all(day);
    return rows.map((row) => this.#candidate('part', row));
  }

  #candidate(kind: 'file' | 'part', row: Record<string, unknown>): Candidate {
    const id = Number(row.id);
    const [ranges, sites] =
      kind === 'file' ? (['file_stream', 'file_site'] as const) : (['shed_range', 'shed_site'] as const);
    return {
      kind,
      id,
      day: String(row.day),
      bytes: Number(row.byte_count),
      minTimestamp: Number(row.min_timestamp),
      maxTimestamp: Number(row.max_timestamp),
      minReceived: Number(row.min_received),
      maxReceived: Number(row.max_received),
      ranges: this.#ranges(ranges, kind, id),
      sites: new Map(
        this.#database
          .prepare(`SELECT site, row_count FROM ${sites} WHERE ${kind}_id = ?`)
          .all(id)
          .map(({ site, row_count }) => [String(site), Number(row_count)]),
      ),
    };
  }

  #ranges(table: 'file_stream' | 'shed_range', owner: 'file' | 'part', id: number): StreamRange[] {
    const rows = this.#database.prepare(`SELECT * FROM ${table} WHERE ${owner}_id = ?`).all(id);
    return rows.map((row) => ({
      stream: String(row.stream),
      first: { journal: Number(row.first_journal), sequence: Number(row.first_sequence) },
      last: { journal: Number(row.last_journal), sequence: Number(row.last_sequence) },
    }));
  }

  #part(row: Record<string, unknown>): ShedPart {
    const id = Number(row.id);
    const sites = this.#unpackedSites(id);
    return {
      id,
      day: String(row.day),
      bytes: Number(row.byte_count),
      receivedFrom: Number(row.min_received),
      receivedTo: Number(row.max_received),
      records: [...sites.values()].reduce((all, one) => all + one, 0),
      sites: [...sites.keys()],
      ranges: this.#ranges('shed_range', 'part', id),
    };
  }

  #unpackedSites(id: number): Map<string, number> {
    const rows = this.#database
      .prepare(
        `SELECT s.site, s.row_count FROM shed_site s JOIN shed_part p ON p.id = s.part_id WHERE p.id = ? AND ${UNPACKED}`,
      )
      .all(id);
    return new Map(rows.map(({ site, row_count }) => [String(site), Number(row_count)]));
  }
}

const rows = ({ sites }: Facts) => [...sites.values()].reduce((all, one) => all + one, 0);
const sitesOf = (group: readonly Facts[]) => [...new Set(group.flatMap(({ sites }) => [...sites.keys()]))];

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
