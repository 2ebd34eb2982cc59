import type { ColumnBatch, NumberColumn, TextColumn } from '@logmaster/core/event/columns/column-batch';
import { isAbsent, isQuad } from '../../columns/pairs.ts';
import { type CellWrites, cellsOf, SetterMemo, writeCells, writeLabels } from '../../columns/setter-memo.ts';
import { sessionType } from '../classify.ts';
import { COLUMNS_BY_TYPE } from '../columns.ts';
import { isLabel, NO_VALUE, settersOf } from '../fields.ts';
import { DIRECT_COLUMNS, type DirectColumn } from './direct-columns.ts';
import type { RowPlaces } from './places.ts';

export const TRAFFIC_COLUMNS = COLUMNS_BY_TYPE.get('TRAFFIC') as readonly string[];

/** The place of a column in a row of TRAFFIC. */
export const place = (name: string): number => TRAFFIC_COLUMNS.indexOf(name);
const SUBTYPE = place('subtype');
const ACTION = place('action');

/** What every row of TRAFFIC has. */
const CONSTANTS = {
  'event.kind': 'event',
  'event.category': 'network',
  'event.dataset': 'paloalto.panos',
  'observer.vendor': 'Palo Alto Networks',
  'observer.product': 'PAN-OS',
  'observer.type': 'firewall',
  'logmaster.parser': 'palo_alto',
  'logmaster.parse.status': 'ok',
} as const;

const NOTHING = [...NO_VALUE];
/** In the order in which rows set them. */
const LABELS = ['type', 'subtype', ...new Set(TRAFFIC_COLUMNS.filter(isLabel))];

type Writer = (bytes: Uint8Array, from: number, to: number, row: number) => boolean;

/** Values of TRAFFIC rows into the columns of one batch, until it is cleared. */
export class RowColumns {
  private readonly batch: ColumnBatch;
  private readonly writers: readonly (Writer | undefined)[];
  private readonly constants: CellWrites;
  private readonly kinds: SetterMemo;
  private readonly eventType: TextColumn;
  private readonly startCode: number;
  private readonly natIps: readonly (readonly [nat: TextColumn, natPort: NumberColumn, port: NumberColumn])[];

  constructor(batch: ColumnBatch) {
    this.batch = batch;
    // Labels are the cheaper to set the more they come in the order of their names' codes.
    for (const name of LABELS) batch.labels.keyNames.codeOfText(name);
    const setters = settersOf(TRAFFIC_COLUMNS);
    this.writers = TRAFFIC_COLUMNS.map((name, index) => {
      const direct = DIRECT_COLUMNS.get(name);
      if (direct !== undefined) return directWriter(batch, direct);
      const setter = setters[index];
      return setter && memoWriter(batch, new SetterMemo(batch, setter));
    });
    this.constants = cellsOf(batch, {}, (draft) => {
      Object.assign(draft.event, CONSTANTS);
      draft.label('type', 'TRAFFIC');
    }) as CellWrites;
    this.kinds = new SetterMemo(batch, (draft, value) => {
      const comma = value.indexOf(',');
      const [subtype, action] = [value.slice(0, comma), value.slice(comma + 1)];
      if (subtype !== '0') draft.label('subtype', subtype);
      draft.event['event.type'] = sessionType((subtype === '' ? 'TRAFFIC' : subtype).toLowerCase(), action);
    });
    this.eventType = batch.text('event.type');
    this.startCode = this.eventType.dictionary.codeOfText('start');
    this.natIps = (['source', 'destination'] as const).map((side) => [
      batch.text(`${side}.nat.ip`),
      batch.number(`${side}.nat.port`),
      batch.number(`${side}.port`),
    ]);
  }

  /** False: the row has to be read as text. */
  write(bytes: Uint8Array, { from, to, count }: RowPlaces, row: number): boolean {
    for (let index = 0; index < count; index++) {
      const writer = this.writers[index];
      const [valueAt, valueEnd] = [from[index] as number, to[index] as number];
      if (writer === undefined || valueAt === valueEnd) continue;
      if (!writer(bytes, valueAt, valueEnd, row)) return false;
    }
    return true;
  }

  /** Type and subtype; `scratch` has room for both values. */
  writeKind(bytes: Uint8Array, { from, to }: RowPlaces, row: number, scratch: Uint8Array): boolean {
    const [subtypeAt, subtypeEnd] = [from[SUBTYPE] as number, to[SUBTYPE] as number];
    const [actionAt, actionEnd] = [from[ACTION] as number, to[ACTION] as number];
    let length = 0;
    if (subtypeEnd - subtypeAt + actionEnd - actionAt >= scratch.length) return false;
    for (let at = subtypeAt; at < subtypeEnd; at++) scratch[length++] = bytes[at] as number;
    scratch[length++] = 0x2c;
    for (let at = actionAt; at < actionEnd; at++) scratch[length++] = lower(bytes[at] as number);
    if (isAbsent(bytes, actionAt, actionEnd) && actionEnd > actionAt) return false;
    const cells = this.kinds.cellsFor(scratch, 0, length);
    if (cells === undefined) return false;
    writeCells(this.constants, row);
    writeLabels(this.batch, this.constants, row);
    writeCells(cells, row);
    writeLabels(this.batch, cells, row);
    return true;
  }

  isStart(row: number): boolean {
    return this.eventType.codes[row] === this.startCode;
  }

  /** As dropUntranslated. `same`: the translated address of each side is its own. */
  dropUntranslated(row: number, same: readonly [source: boolean, destination: boolean]): void {
    for (const [index, [nat, natPort, port]] of this.natIps.entries()) {
      const translated = natPort.values[row] as number;
      if (nat.codes[row] === 0) natPort.values[row] = Number.NaN;
      else if (same[index] && (Number.isNaN(translated) || translated === port.values[row])) {
        nat.codes[row] = 0;
        natPort.values[row] = Number.NaN;
      }
    }
  }
}

function memoWriter(batch: ColumnBatch, memo: SetterMemo): Writer {
  return (bytes, from, to, row) => {
    const cells = memo.cellsFor(bytes, from, to);
    if (cells === undefined) return false;
    writeCells(cells, row);
    writeLabels(batch, cells, row);
    return true;
  };
}

function directWriter(batch: ColumnBatch, column: DirectColumn): Writer {
  switch (column.kind) {
    case 'ip': {
      const { dictionary, ...cells } = textCells(batch.text(column.field));
      return (bytes, from, to, row) => {
        if (!isQuad(bytes, from, to)) return false;
        if (!reads(bytes, from, to, '0.0.0.0')) cells.column.codes[row] = dictionary.code(bytes, from, to);
        return true;
      };
    }
    case 'text': {
      const { dictionary, ...cells } = textCells(batch.text(column.field));
      return (bytes, from, to, row) => {
        if (isAbsent(bytes, from, to) || isZero(bytes, from, to)) return true;
        cells.column.codes[row] = dictionary.code(bytes, from, to);
        return true;
      };
    }
    case 'label': {
      const key = batch.labels.keyNames.codeOfText(column.field);
      return (bytes, from, to, row) => {
        if (isAbsent(bytes, from, to) || NOTHING.some((word) => reads(bytes, from, to, word))) return true;
        batch.labels.set(row, key, batch.labels.valueTexts.code(bytes, from, to));
        return true;
      };
    }
    default: {
      const numbers = batch.number(column.field);
      const most = column.kind === 'port' ? 65_535 : Number.MAX_SAFE_INTEGER;
      const zeroIsNone = column.kind === 'port' && column.zeroIsNone === true;
      return (bytes, from, to, row) => {
        const value = readNumber(bytes, from, to);
        if (value < 0 || value > most) return false;
        if (!(zeroIsNone && isZero(bytes, from, to))) numbers.values[row] = value;
        return true;
      };
    }
  }
}

/** Is the value this word? */
function reads(bytes: Uint8Array, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let at = from; at < to; at++) if (bytes[at] !== word.charCodeAt(at - from)) return false;
  return true;
}

function textCells(column: TextColumn) {
  return { column, dictionary: column.dictionary };
}

/** Up to 16 digits; −1 for anything else. */
export function readNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 16 || to === from) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 1 && bytes[from] === 0x30;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
