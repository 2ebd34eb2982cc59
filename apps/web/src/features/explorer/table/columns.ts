import type { FlatEvent } from '@logmaster/core/event/event';
import { FIELD_NAMES, type FieldName, isFieldName } from '@logmaster/core/event/fields';

/** Columns made of several fields; any other column is one field, named as it is. */
export const COMPOSED = ['time', 'device', 'type', 'source', 'nat', 'destination', 'user', 'rule', 'message'] as const;
export type ComposedColumn = (typeof COMPOSED)[number];
export type ColumnId = ComposedColumn | FieldName;

export interface Column {
  readonly id: ColumnId;
  /** CSS pixels. */
  readonly width: number;
}

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 900;

const WIDTHS: Record<ComposedColumn, number> = {
  time: 172,
  device: 112,
  type: 136,
  source: 162,
  nat: 162,
  destination: 162,
  user: 108,
  rule: 100,
  message: 320,
};

export const DEFAULT_COLUMNS: readonly Column[] = COMPOSED.map((id) => ({ id, width: WIDTHS[id] }));

export function isComposed(id: string): id is ComposedColumn {
  return COMPOSED.includes(id as ComposedColumn);
}

/** What this browser remembers, unless it is of another version (a field that no longer exists). */
export function acceptColumns(stored: unknown): Column[] | undefined {
  if (!Array.isArray(stored) || stored.length === 0) return undefined;
  return stored.every(isColumn) ? stored : undefined;
}

function isColumn(value: unknown): value is Column {
  const { id, width } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || !(isComposed(id) || isFieldName(id))) return false;
  return typeof width === 'number' && width >= MIN_WIDTH && width <= MAX_WIDTH;
}

/** Everything that can be a column: the composed ones, then each field. */
export const ALL_COLUMNS: readonly ColumnId[] = [...COMPOSED, ...FIELD_NAMES];

export function toggleColumn(columns: readonly Column[], id: ColumnId): Column[] {
  if (columns.some((column) => column.id === id)) return columns.filter((column) => column.id !== id);
  const added = { id, width: isComposed(id) ? WIDTHS[id] : 150 };
  // The message takes the room that is left: it stays last.
  const message = columns.findIndex((column) => column.id === 'message');
  return message < 0 || id === 'message' ? [...columns, added] : columns.toSpliced(message, 0, added);
}

export function moveColumn(columns: readonly Column[], id: ColumnId, by: -1 | 1): Column[] {
  const from = columns.findIndex((column) => column.id === id);
  const column = columns[from];
  const to = from + by;
  if (!column || to < 0 || to >= columns.length) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(to, 0, column);
}

/** Device clock where it is plausible, else receive time: what the table is sorted by. */
export function timeOf(event: FlatEvent): number {
  return (event['@timestamp'] ?? event['logmaster.received_at'] ?? 0) / 1000;
}

export function deviceOf(event: FlatEvent): string {
  return (
    event['observer.name'] ??
    event['observer.hostname'] ??
    event['log.syslog.hostname'] ??
    event['log.source.address'] ??
    ''
  );
}

/** `10.0.0.1:443`, `[2001:db8::1]:443`, either alone, or ''. */
export function endpoint(ip: string | undefined, port: number | undefined): string {
  if (port === undefined) return ip ?? '';
  if (ip === undefined) return `:${port}`;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
