import { EVENT_FIELDS, FIELD_NAMES } from '@logmaster/core/event/fields';
import { LABELS_COLUMN, MESSAGE_AT_COLUMN } from '../duckdb/columns.ts';
import { type FileSchema, type LeafColumn, PhysicalType } from './file-writer.ts';
import { binary, type Field, i32, Struct, struct, Type, text, type Value } from './thrift.ts';

/** The schema of every index file, as DuckDB writes it for COLUMNS. */

const OPTIONAL = 1;
const REPEATED = 2;
const UTF8 = 0;
const MAP = 1;
const INT_32 = 17;
const INT_64 = 18;
const TIMESTAMP_MICROS = 10;

const flag = (id: number, value: boolean): Field => ({ id, type: Type.true, value: value as Value });

/** TIMESTAMP without zone: µs, UTC by our own rule. */
const TIMESTAMP = struct(10, [struct(8, [flag(1, false), struct(2, [struct(2, [])])])]);

function leaf(name: string, type: PhysicalType, converted: number, repetition: number, more: Field[] = []): Struct {
  return new Struct([i32(1, type), i32(3, repetition), binary(4, text(name)), i32(6, converted), ...more]);
}

function group(name: string, repetition: number, children: number, more: Field[] = []): Struct {
  return new Struct([i32(3, repetition), binary(4, text(name)), i32(5, children), ...more]);
}

function fieldElement(name: keyof typeof EVENT_FIELDS): Struct {
  const { type } = EVENT_FIELDS[name];
  if (type === 'date') return leaf(name, PhysicalType.int64, TIMESTAMP_MICROS, OPTIONAL, [TIMESTAMP]);
  if (type === 'long') return leaf(name, PhysicalType.int64, INT_64, OPTIONAL);
  return leaf(name, PhysicalType.byteArray, UTF8, OPTIONAL);
}

function fieldLeaf(name: keyof typeof EVENT_FIELDS): LeafColumn {
  const { type } = EVENT_FIELDS[name];
  return { path: [name], type: type === 'date' || type === 'long' ? PhysicalType.int64 : PhysicalType.byteArray };
}

export const EVENT_SCHEMA: FileSchema = {
  elements: [
    group('schema', 0, FIELD_NAMES.length + 2),
    ...FIELD_NAMES.map(fieldElement),
    group(LABELS_COLUMN, OPTIONAL, 1, [i32(6, MAP)]),
    group('key_value', REPEATED, 2),
    leaf('key', PhysicalType.byteArray, UTF8, 0),
    leaf('value', PhysicalType.byteArray, UTF8, OPTIONAL),
    leaf(MESSAGE_AT_COLUMN, PhysicalType.int32, INT_32, OPTIONAL),
  ],
  leaves: [
    ...FIELD_NAMES.map(fieldLeaf),
    { path: [LABELS_COLUMN, 'key_value', 'key'], type: PhysicalType.byteArray },
    { path: [LABELS_COLUMN, 'key_value', 'value'], type: PhysicalType.byteArray },
    { path: [MESSAGE_AT_COLUMN], type: PhysicalType.int32 },
  ],
};
