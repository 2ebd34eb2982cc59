import { rm } from 'node:fs/promises';
import { appendEvent } from '@logmaster/core/event/columns/append-event';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { eventPages } from '../../parquet/event-pages.ts';
import { EVENT_SCHEMA } from '../../parquet/event-schema.ts';
import { ParquetFileWriter } from '../../parquet/file-writer.ts';
import { ROW_GROUP_ROWS } from '../columns.ts';

/** Raw text of one row group at most: what is in memory twice while it is written. */
const ROW_GROUP_BYTES = 32 * 1024 * 1024;

/** A batch with a row for each event, in their order. */
export function columnsOf(events: Iterable<FlatEvent>): ColumnBatch {
  const batch = new ColumnBatch();
  for (const event of events) appendEvent(batch, event);
  return batch;
}

/** Writes these rows of a batch, in this order, to a new Parquet file. Compression runs in the thread pool. */
export async function writeBatchFile(batch: ColumnBatch, order: Uint32Array, path: string): Promise<void> {
  const writer = await ParquetFileWriter.create(path, EVENT_SCHEMA);
  try {
    for (let start = 0; start < order.length; ) {
      const end = rowGroupEnd(batch, order, start);
      await writer.writeRowGroup(end - start, eventPages(batch, order.subarray(start, end)));
      start = end;
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    await rm(path, { force: true });
    throw error;
  }
}

function rowGroupEnd({ original }: ColumnBatch, order: Uint32Array, start: number): number {
  const last = Math.min(order.length, start + ROW_GROUP_ROWS);
  let bytes = 0;
  let end = start;
  for (; end < last && bytes < ROW_GROUP_BYTES; end++) {
    const row = order[end] as number;
    bytes += (original.to[row] as number) - (original.from[row] as number);
  }
  return end;
}

/** A path of our own as SQL text: COPY … TO takes no parameter. */
export function literal(path: string): string {
  if (path.includes('\0')) throw new TypeError('a path can’t contain NUL');
  return `'${path.replaceAll("'", "''")}'`;
}
