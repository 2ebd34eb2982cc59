import { readFile, stat } from 'node:fs/promises';
import { createGeoLookup, type GeoLookup } from '@logmaster/parsers/enrichment/geo-place';
import { type Mmdb, openMmdb } from '@logmaster/parsers/enrichment/mmdb/mmdb';
import type { Events } from '@logmaster/telemetry/events';

interface Known {
  /** Of the newest version that was looked at, well or not. */
  seen: string;
  database: Mmdb | undefined;
  broken: boolean;
}

/**
 * GeoIP files that the operator supplies, read again when they change. One that can't be read is told once, and its last
 * version stays in use; without one there are no countries and networks, and everything else goes on.
 */
export class GeoFiles {
  private readonly files: readonly string[];
  private readonly events: Events;
  private readonly known = new Map<string, Known>();
  /** Undefined as long as no file can be used. Another object after each change. */
  lookup: GeoLookup | undefined;

  constructor(files: readonly string[], events: Events) {
    this.files = files;
    this.events = events;
  }

  /** Files that can't be used as they are now. */
  get broken(): number {
    return [...this.known.values()].filter(({ broken }) => broken).length;
  }

  get count(): number {
    return this.files.length;
  }

  /** Looks whether a file has changed. */
  async poll(): Promise<void> {
    let changed = false;
    for (const file of this.files) if (await this.look(file)) changed = true;
    if (!changed) return;
    const databases = this.files.flatMap((file) => this.known.get(file)?.database ?? []);
    this.lookup = databases.length === 0 ? undefined : createGeoLookup(databases, (error) => this.damaged(error));
  }

  private async look(file: string): Promise<boolean> {
    const known = this.known.get(file) ?? { seen: '', database: undefined, broken: false };
    this.known.set(file, known);
    try {
      const { mtimeMs, size, ino } = await stat(file);
      const seen = `${mtimeMs} ${size} ${ino}`;
      if (seen === known.seen) return false;
      known.seen = seen;
      const database = openMmdb(await readFile(file));
      known.database = database;
      known.broken = false;
      this.events.emit('geoip_loaded', { file, type: database.type, built: database.built });
      return true;
    } catch (error) {
      if (!known.broken) this.events.emit('geoip_refused', { file, err: error });
      known.broken = true;
      return false;
    }
  }

  /** A record inside of a file that was well at first sight. */
  private damaged(error: unknown): void {
    if (this.broken > 0) return;
    for (const each of this.known.values()) each.broken = true;
    this.events.emit('geoip_refused', { err: error });
  }
}
