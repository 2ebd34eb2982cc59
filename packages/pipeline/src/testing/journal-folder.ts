import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type JournalBlock, type LostRange, STREAM_START } from '../journal/block.ts';
import type { JournalRecord, JournalSource } from '../journal/decode.ts';
import { JournalReader } from '../journal/reader.ts';
import { JournalWriter, type JournalWriterOptions } from '../journal/writer.ts';

export const SOURCES: JournalSource[] = [
  { transport: 'udp', address: '10.0.0.1', port: 514 },
  { transport: 'tcp', address: '2001:db8::1', port: 65_535 },
  { transport: 'tcp', address: '10.0.0.2', port: 1 },
  { transport: 'tls', address: '10.0.0.2', port: 2, identity: `sha256:${'a'.repeat(64)} CN=fw-1` },
];

export interface ReadBack {
  readonly blocks: JournalBlock[];
  readonly records: { id: string; record: JournalRecord }[];
  readonly lost: LostRange[];
  readonly torn: { journal: number; offset: number; bytes: number }[];
  readonly missing: number[];
}

/** A folder of one stream for each test, and a clock that stands still. */
export class JournalFolder {
  now = 1_700_000_000_000_000;
  folder = '';
  private root = '';

  /** For the tests of the file that calls it. */
  static use(): JournalFolder {
    const made = new JournalFolder();
    beforeEach(async () => {
      made.root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-journal-'));
      made.folder = path.join(made.root, 'node1.w0');
    });
    afterEach(() => rm(made.root, { recursive: true, force: true }));
    return made;
  }

  writer(options: Partial<JournalWriterOptions> = {}): JournalWriter {
    const accounting = () => ({ sources: {}, unusual: {} });
    const { folder } = this;
    return new JournalWriter({ folder, clock: () => this.now, accounting, accountingMs: 3_600_000, ...options });
  }

  async readAll(from = STREAM_START): Promise<ReadBack> {
    const result: ReadBack = { blocks: [], records: [], lost: [], torn: [], missing: [] };
    const reader = new JournalReader(this.folder, from, {
      lost: (range) => result.lost.push(range),
      tornTail: (tail) => result.torn.push(tail),
      missing: (journal) => result.missing.push(journal),
    });
    for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
      result.blocks.push(block);
      if (block.type !== 'records') continue;
      for (const [index, record] of block.frames.records.entries()) {
        result.records.push({ id: `${block.journal}.${block.firstSequence + index}`, record });
      }
    }
    await reader.close();
    return result;
  }

  /** Its file: ten blocks of three records each, in one file. */
  async writeSample(): Promise<string> {
    const journal = this.writer();
    await journal.start();
    for (let block = 0; block < 10; block++) {
      for (let i = 0; i < 3; i++)
        journal.append(SOURCES[i] as JournalSource, Buffer.from(`line ${block * 3 + i} LMB1`), 0);
      await journal.commit();
    }
    await journal.stop();
    const name = (await readdir(this.folder)).find((file) => file.endsWith('.lmj')) as string;
    return path.join(this.folder, name);
  }
}
