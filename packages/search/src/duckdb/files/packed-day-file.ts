import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { publishFile } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { utcDay } from '@logmaster/core/time';
import { indexed } from '../../indexed-event.ts';
import type { PackedDay } from '../../packed-days.ts';
import type { NewFile } from '../catalogue/catalogue-files.ts';
import { FactsCollector } from '../catalogue/file-facts.ts';
import { quoted } from '../columns.ts';
import { Parameters } from '../sql/parameters.ts';
import { plainValue } from '../sql/rows.ts';
import { mergeFiles } from './compactor.ts';
import { type DayEvents, writeParts } from './part-files.ts';

export interface DayToWrite extends DayEvents {
  readonly path: string;
}

function refuse(detail: string): never {
  throw new AppError('INVALID_INPUT', { detail });
}

/** Parts of PART_ROWS events, then one sort over them, which spills to disk: memory does not grow with the day. */
export async function writePackedDay(
  connection: DuckDBConnection,
  temporary: string,
  memoryMb: number,
  { path: target, ...day }: DayToWrite,
): Promise<{ records: number }> {
  const folder = path.join(temporary, `day-${randomUUID()}`);
  const unfinished = `${target}.${randomUUID()}.tmp`;
  try {
    const { parts, records } = await writeParts(folder, day);
    await mergeFiles(connection, parts, unfinished, memoryMb, 'sorted');
    await publishFile(unfinished, target);
    return { records };
  } finally {
    await rm(unfinished, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

function rowEvent([timestamp, id, receivedAt, site]: readonly DuckDBValue[]): FlatEvent {
  return {
    '@timestamp': Number(plainValue(timestamp ?? null)),
    'logmaster.record.id': String(id),
    'logmaster.received_at': Number(plainValue(receivedAt ?? null)),
    'logmaster.site.id': String(site),
  };
}

/** Reads a packed day's file back and collects what the catalogue must know. */
export async function inspectPackedDay(connection: DuckDBConnection, packed: PackedDay): Promise<NewFile> {
  const facts = new FactsCollector();
  const parameters = new Parameters();
  const columns = ['@timestamp', 'logmaster.record.id', 'logmaster.received_at', 'logmaster.site.id'].map(quoted);
  const result = await connection.stream(
    `SELECT ${columns.join(', ')} FROM read_parquet(${parameters.texts([packed.parquet])})`,
    parameters.values,
    parameters.types,
  );
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows()) {
      const one = indexed(rowEvent(row));
      if (one.site !== packed.site || utcDay(one.receivedAt) !== packed.day) {
        refuse(`${packed.parquet} holds a record of another site or day`);
      }
      facts.add(one);
    }
  }
  if (facts.facts.rows !== packed.records) {
    refuse(`${packed.parquet} holds ${facts.facts.rows} records, ${packed.records} were expected`);
  }
  const { size } = await stat(packed.parquet);
  return { path: packed.parquet, tier: 'packed', level: 0, day: packed.day, bytes: size, facts: facts.facts };
}
