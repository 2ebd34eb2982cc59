import { AppError } from '@logmaster/core/errors';
import { appendEvent } from '@logmaster/core/event/columns/append-event';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { dayStart, MICROS_PER_DAY, type Micros } from '@logmaster/core/time';
import { indexed } from '../../indexed-event.ts';
import { isInRanges, type ShedPart } from '../../sheddable-index.ts';
import type { NewFile } from '../catalogue/catalogue-files.ts';
import { ROW_GROUP_ROWS } from '../columns.ts';
import { BatchRows } from '../files/batch-rows.ts';
import type { FreshFileWriter } from '../files/fresh-files.ts';
import type { ShedParts } from './shed-parts.ts';

/** Raw text of one file at most: what is in memory. */
const FILE_BYTES = 16 * 1024 * 1024;

function refuse(detail: string): never {
  throw new AppError('INVALID_INPUT', { detail });
}

/** Writes the part's records into files of one row group each, and commits them all at once: merges do the rest. */
export async function restorePart(
  part: ShedPart,
  events: AsyncIterable<FlatEvent>,
  shed: ShedParts,
  files: FreshFileWriter,
): Promise<void> {
  const written: NewFile[] = [];
  const begins = dayStart(part.day);
  let batch = new ColumnBatch();
  const flush = async () => {
    const chosen = Uint32Array.from({ length: batch.rows }, (_, row) => row);
    written.push(await files.write(part.day, new BatchRows(batch), chosen));
    batch = new ColumnBatch();
  };
  try {
    for await (const event of events) {
      check(part, begins, event);
      appendEvent(batch, event);
      if (batch.rows === ROW_GROUP_ROWS || batch.rawBytes > FILE_BYTES) await flush();
    }
    if (batch.rows > 0) await flush();
    const outcome = shed.putBack(part.id, written);
    if (outcome === 'not the same') refuse(`the records of ${part.day} are not as many as were taken out`);
    if (outcome === 'gone') await files.remove(written);
  } catch (cause) {
    await files.remove(written);
    throw cause;
  }
}

/** @param begins first µs of the part's day */
function check(part: ShedPart, begins: Micros, event: FlatEvent): void {
  const { id, site, stream, position, receivedAt } = indexed(event);
  const since = receivedAt - begins;
  const belongs =
    since >= 0 && since < MICROS_PER_DAY && part.sites.includes(site) && isInRanges(part.ranges, stream, position);
  if (!belongs) refuse(`record ${id} is not of the part that was taken out`);
}
