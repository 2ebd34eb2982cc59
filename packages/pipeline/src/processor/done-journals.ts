import { rm } from 'node:fs/promises';
import path from 'node:path';
import { journalFileName, listJournals } from '../journal/streams.ts';
import { type Positions, positionIn } from '../segments/positions.ts';
import type { IndexLoop } from './indexing/index-loop.ts';
import type { SegmentLoop } from './segmenting/segment-loop.ts';

export interface DoneJournalsOptions {
  readonly journalFolder: string;
  readonly segments: Pick<SegmentLoop, 'durable' | 'audits' | 'timeline'>;
  readonly index: Pick<IndexLoop, 'positions'>;
}

/**
 * Removes journal files whose records are in durable segments and in the index, and the mappings that nothing left in
 * the journal was routed by. The newest file of a stream stays.
 */
export async function removeDoneJournals({ journalFolder, segments, index }: DoneJournalsOptions): Promise<void> {
  const done: Positions = {};
  for (const [stream, indexed] of index.positions) {
    const durable = positionIn(segments.durable, stream);
    const journal = Math.min(durable.journal, indexed.journal);
    done[stream] = durable.journal <= indexed.journal ? durable : { journal, offset: 0, sequence: 0 };
    const folder = path.join(journalFolder, stream);
    const journals = await listJournals(folder);
    // A worker that takes over from a dead one counts again what is not accounted for.
    const accounted = segments.audits().get(stream)?.accountedJournal ?? journal;
    for (const number of journals.slice(0, -1)) {
      if (number < Math.min(journal, accounted)) await rm(path.join(folder, journalFileName(number)));
    }
  }
  const { timeline } = segments;
  await timeline.removeFiles(timeline.prune(done));
}
