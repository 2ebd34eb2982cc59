import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import { appendEvent } from '@logmaster/core/event/columns/append-event';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { utcDay } from '@logmaster/core/time';
import { indexed } from '../../indexed-event.ts';
import { writeBatchFile } from './batch-file.ts';
import { newestFirst } from './newest-first.ts';

/** Events held in memory at a time. */
const PART_ROWS = 20_000;
const PART_BYTES = 16 * 1024 * 1024;

/** Events of one site and received day. */
export interface DayEvents {
  readonly site: string;
  readonly day: string;
  readonly events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>;
}

/**
 * Writes events, however many, into Parquet files under `folder`; at least one, which may be without rows. Throws
 * INVALID_INPUT for an event of another site or day.
 */
export async function writeParts(
  folder: string,
  { site, day, events }: DayEvents,
): Promise<{ readonly parts: readonly string[]; readonly records: number }> {
  await mkdir(folder, { recursive: true });
  const parts: string[] = [];
  let records = 0;
  let part = new ColumnBatch();
  const flush = async () => {
    const rows = Uint32Array.from({ length: part.rows }, (_, row) => row);
    const file = path.join(folder, `${parts.length}-${randomUUID()}.parquet`);
    await writeBatchFile(part, newestFirst(part, rows), file);
    parts.push(file);
    part = new ColumnBatch();
  };
  for await (const event of events) {
    const { id, receivedAt } = indexed(event);
    if (event['logmaster.site.id'] !== site || utcDay(receivedAt) !== day)
      throw new AppError('INVALID_INPUT', { detail: `record ${id} is not of site ${site} and day ${day}` });
    appendEvent(part, event);
    records++;
    if (part.rows === PART_ROWS || part.rawBytes > PART_BYTES) await flush();
  }
  if (part.rows > 0 || parts.length === 0) await flush();
  return { parts, records };
}
