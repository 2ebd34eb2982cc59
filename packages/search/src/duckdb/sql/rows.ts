import {
  DuckDBMapValue,
  type DuckDBMaterializedResult,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { FlatEvent } from '@logmaster/core/event/event';
import { messageAt } from '@logmaster/core/event/message-place';
import { LABELS_COLUMN, MESSAGE_AT_COLUMN } from '../columns.ts';

/** A DuckDB value as events carry it: dates as µs, whole numbers as numbers. */
export function plainValue(value: DuckDBValue): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBTimestampValue) return Number(value.micros);
  throw new TypeError(`Unexpected value in the index: ${typeof value}`);
}

function readLabels(value: DuckDBValue): Record<string, string> {
  const labels: Record<string, string> = {};
  if (!(value instanceof DuckDBMapValue)) throw new TypeError('labels is no map');
  for (const entry of value.entries) {
    // defineProperty: a label may be called __proto__
    Object.defineProperty(labels, String(entry.key), {
      value: String(entry.value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return labels;
}

/** Rows of ALL_COLUMNS_SQL as events. */
export async function readEvents(result: DuckDBMaterializedResult): Promise<FlatEvent[]> {
  const names = result.columnNames();
  const rows = await result.getRows();
  return rows.map((row) => {
    const event: Record<string, unknown> = {};
    let offset: number | undefined;
    for (const [index, value] of row.entries()) {
      const name = names[index] as string;
      if (value === null) continue;
      if (name === LABELS_COLUMN) event.labels = readLabels(value);
      else if (name === MESSAGE_AT_COLUMN) offset = Number(value);
      else event[name] = plainValue(value);
    }
    if (offset !== undefined) event.message = messageAt(event['event.original'] as string, offset);
    return event as FlatEvent;
  });
}
