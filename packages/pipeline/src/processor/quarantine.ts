import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type FlatEvent, toEcs } from '@logmaster/core/event/event';
import { readIfPresent } from '../files.ts';

/** Records that the index refused: sealed like all others, kept here with the reason, for a replay. */
export class Quarantine {
  private readonly file: string;
  private readonly ids = new Set<string>();

  constructor(file: string) {
    this.file = file;
  }

  /** Ids of every record in the file. */
  get records(): ReadonlySet<string> {
    return this.ids;
  }

  async load(): Promise<void> {
    const bytes = await readIfPresent(this.file);
    for (const line of bytes?.toString('utf8').split('\n') ?? []) {
      // A torn last line is written again: its record is still before the index's position.
      const id = /^\{"id":"([^"]+)".*\}$/.exec(line)?.[1];
      if (id !== undefined) this.ids.add(id);
    }
  }

  async add(event: FlatEvent, reason: string): Promise<void> {
    const id = event['logmaster.record.id'] ?? '';
    if (this.ids.has(id)) return;
    await mkdir(path.dirname(this.file), { recursive: true });
    await appendFile(this.file, `\n${JSON.stringify({ id, reason, event: toEcs(event) })}\n`, {
      mode: 0o640,
      flush: true,
    });
    this.ids.add(id);
  }
}
