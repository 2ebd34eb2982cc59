import { EVENT_FIELDS, FIELD_NAMES, type FieldName, type FieldType } from '@logmaster/core/event/fields';

/** Columns of every Parquet file of the index, in order: the event fields, then these two. */
export const LABELS_COLUMN = 'labels';
/**
 * Where `message` begins in `event.original`, in code points, when it is the end of it; `message` itself is null then.
 * Most messages are, and the same text twice would double the files.
 */
export const MESSAGE_AT_COLUMN = 'message_at';

const SQL_TYPES: Readonly<Record<FieldType, string>> = {
  date: 'TIMESTAMP',
  ip: 'VARCHAR',
  keyword: 'VARCHAR',
  text: 'VARCHAR',
  long: 'BIGINT',
};

export interface Column {
  readonly name: string;
  readonly sqlType: string;
}

export const COLUMNS: readonly Column[] = [
  ...FIELD_NAMES.map((name) => ({ name, sqlType: SQL_TYPES[EVENT_FIELDS[name].type] })),
  { name: LABELS_COLUMN, sqlType: 'MAP(VARCHAR, VARCHAR)' },
  { name: MESSAGE_AT_COLUMN, sqlType: 'INTEGER' },
];

/** Identifier for SQL. Only for names of the table above and of this package, never for a user's text. */
export function quoted(name: FieldName | typeof LABELS_COLUMN | typeof MESSAGE_AT_COLUMN | (string & {})): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export const ALL_COLUMNS_SQL = COLUMNS.map(({ name }) => quoted(name)).join(', ');
export const NEWEST_FIRST_SQL = `${quoted('@timestamp')} DESC, ${quoted('logmaster.record.id')} DESC`;

/** Rows per Parquet row group: small enough that a page touches little, large enough to compress and to skip well. */
export const ROW_GROUP_ROWS = 30_720;
/** DuckDB writes in vectors of this many rows. */
const VECTOR_ROWS = 2048;
/** Part of DuckDB's memory that one row group may take while it is written. */
const ROW_GROUP_SHARE = 16;

/** COPY options; long rows (a record may have 64 KiB) make shorter row groups, which are built in memory. */
export function parquetOptions(rowBytes: number, memoryMb: number): string {
  const fitting = (memoryMb * 1_048_576) / ROW_GROUP_SHARE / Math.max(1, rowBytes);
  const vectors = Math.floor(Math.min(ROW_GROUP_ROWS, fitting) / VECTOR_ROWS);
  return `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${Math.max(1, vectors) * VECTOR_ROWS}`;
}
