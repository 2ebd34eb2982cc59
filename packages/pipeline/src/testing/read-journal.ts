import path from 'node:path';
import { STREAM_START } from '../journal/block.ts';
import type { JournalRecord } from '../journal/decode.ts';
import { JournalReader } from '../journal/reader.ts';

export type StoredRecord = JournalRecord & { readonly id: string };

function refuse(): never {
  throw new Error('the journal is damaged');
}

/** Every record of a stream's folder, in order. Throws where it is damaged, if it may; a torn tail is no damage. */
export async function readJournal(folder: string, damage: () => void = refuse): Promise<StoredRecord[]> {
  const reader = new JournalReader(folder, STREAM_START, { lost: damage, tornTail: () => undefined, missing: damage });
  const records: StoredRecord[] = [];
  for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
    if (block.type !== 'records') continue;
    const { journal, firstSequence } = block;
    const idOf = (index: number) => `${path.basename(folder)}.${journal}.${firstSequence + index}`;
    records.push(...block.frames.records.map((record, index) => ({ ...record, id: idOf(index) })));
  }
  await reader.close();
  return records;
}
