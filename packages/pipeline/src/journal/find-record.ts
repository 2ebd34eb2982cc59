import path from 'node:path';
import { parseRecordId, type RawRecord } from '@logmaster/core/record';
import type { RecordsBlock } from './block.ts';
import { flagLetters } from './flags.ts';
import { JournalReader, type ReaderEvents } from './reader.ts';
import { streamName } from './streams.ts';

/** Damage has been reported by those who read the journal in order. */
const SILENT: ReaderEvents = { lost: () => undefined, tornTail: () => undefined, missing: () => undefined };

/** Record `index` of a block as it was received. */
export function rawRecordAt(stream: string, block: RecordsBlock, index: number): RawRecord {
  const { frames } = block;
  const source = frames.source(index);
  return {
    id: `${stream}.${block.journal}.${block.firstSequence + index}`,
    receivedAt: frames.receivedAt(index),
    sourceAddress: source.address,
    sourcePort: source.port,
    transport: source.transport,
    flags: flagLetters(frames.flags(index)),
    raw: frames.payload.subarray(frames.from(index), frames.to(index)),
  };
}

/** Reads single records of the journal again. Made for ascending ids: a step back reads the file from its start. */
export class JournalLookup {
  private readonly journalFolder: string;
  private reader: { readonly name: string; readonly journal: number; readonly from: JournalReader } | undefined;
  private block: RecordsBlock | undefined;

  constructor(journalFolder: string) {
    this.journalFolder = journalFolder;
  }

  /** Undefined when the journal does not have it any more. */
  async find(id: string): Promise<RawRecord | undefined> {
    const parts = parseRecordId(id);
    if (parts === undefined) return undefined;
    const { journal, sequence } = parts;
    const name = streamName(parts.node, parts.worker);
    const goesOn =
      this.reader?.name === name && this.reader.journal === journal && sequence >= (this.block?.firstSequence ?? 0);
    if (!goesOn) await this.open(name, journal);
    for (;;) {
      const { block } = this;
      if (block !== undefined) {
        const isLater = block.journal > journal || (block.journal === journal && block.firstSequence > sequence);
        if (isLater) return undefined;
        if (block.journal === journal && sequence < block.firstSequence + block.count)
          return rawRecordAt(name, block, sequence - block.firstSequence);
      }
      const next = await this.reader?.from.next();
      if (next === undefined) return undefined;
      if (next.type === 'records') this.block = next;
    }
  }

  async close(): Promise<void> {
    await this.reader?.from.close();
    this.reader = undefined;
    this.block = undefined;
  }

  private async open(name: string, journal: number): Promise<void> {
    await this.close();
    const folder = path.join(this.journalFolder, name);
    this.reader = { name, journal, from: new JournalReader(folder, { journal, offset: 0, sequence: 0 }, SILENT) };
  }
}
