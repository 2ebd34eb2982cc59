import { type ColumnBatch, isTextField, type TextFieldName } from '@logmaster/core/event/columns/column-batch';
import { isAbsent, isQuad } from '../../columns/pairs.ts';
import { type CellWrites, cellsOf } from '../../columns/setter-memo.ts';
import { NO_VALUE } from '../fields.ts';
import type { CellOwners } from './cell-owners.ts';
import type { ColumnRole, RowLayout } from './layouts.ts';
import type { RowCells } from './row-cells.ts';
import type { RowTimes } from './row-time.ts';
import type { RowWords } from './row-words.ts';

/** A value that has to be read as text. */
const NO_CODE = -1;
const NANOS = 1_000_000_000;
/** Largest number, by the kind of a column's role. Of seconds: as nanoseconds it is a safe integer. */
const MOST: ReadonlyMap<ColumnRole['kind'], number> = new Map<ColumnRole['kind'], number>([
  ['port', 65_535],
  ['duration', Math.floor(Number.MAX_SAFE_INTEGER / NANOS)],
]);
/** What a setter may ask for: nobody has set it, unless another column of the row does. */
const UNSET = { 'event.reason': undefined, 'source.ip': undefined };
const NOTHING = [...NO_VALUE];

/** What a column's present value sets, by the kind of its role. */
const Sets = { nothing: 0, number: 1, text: 2, label: 3, cells: 4, time: 5 } as const;
const SETS: Record<ColumnRole['kind'], number> = {
  ip: Sets.text,
  text: Sets.text,
  port: Sets.number,
  long: Sets.number,
  duration: Sets.number,
  label: Sets.label,
  setter: Sets.cells,
  word: Sets.nothing,
  time: Sets.time,
};

/** The present values of one layout's columns, as they come, into the cells of its rows; for one batch. */
export class RowValues {
  private readonly batch: ColumnBatch;
  private readonly layout: RowLayout;
  private readonly cells: RowCells;
  private readonly words: RowWords;
  private readonly times: RowTimes;
  /** By column. */
  private readonly sets: number[];
  private readonly places: number[];
  private readonly most: readonly number[];
  private readonly zeroIsNone: readonly boolean[];
  private readonly factors: readonly number[];
  private readonly bad: Uint8Array;
  private readonly memos: (CellWrites | undefined)[][];
  private readonly owners: CellOwners;
  /** Columns whose present value has to be read as text. */
  badColumns = 0;

  constructor(
    batch: ColumnBatch,
    layout: RowLayout,
    cells: RowCells,
    words: RowWords,
    times: RowTimes,
    owners: CellOwners,
  ) {
    this.batch = batch;
    this.layout = layout;
    this.cells = cells;
    this.words = words;
    this.times = times;
    this.owners = owners;
    this.sets = layout.roles.map((role) => (role === undefined ? Sets.nothing : SETS[role.kind]));
    this.places = layout.roles.map((role, column) => this.placeOf(role, column));
    this.most = layout.roles.map((role) => (role === undefined ? 0 : (MOST.get(role.kind) ?? Number.MAX_SAFE_INTEGER)));
    this.zeroIsNone = layout.roles.map((role) => role?.kind === 'port' && role.zeroIsNone === true);
    this.factors = layout.roles.map((role) => (role?.kind === 'duration' ? NANOS : 1));
    this.bad = new Uint8Array(layout.names.length);
    this.memos = layout.names.map(() => [undefined]);
  }

  /** Takes a value for the column's present one: its code, or the number that it is (NaN: empty, −1: none). */
  set(column: number, code: number, number: number, bytes: Uint8Array, from: number, to: number): void {
    const place = this.places[column] as number;
    let isGood = code !== NO_CODE;
    switch (this.sets[column]) {
      case Sets.number: {
        isGood = !(number < 0 || number > (this.most[column] as number));
        const isNone = number === 0 && to - from === 1 && this.zeroIsNone[column] === true;
        this.cells.setNumber(place, isNone ? Number.NaN : number * (this.factors[column] as number));
        break;
      }
      case Sets.text:
        this.cells.setText(place, isGood ? code : 0);
        break;
      case Sets.label:
        this.cells.setLabel(place, isGood ? code : 0);
        break;
      case Sets.cells:
        this.cells.setCells(place, isGood ? this.memos[column]?.[code] : undefined);
        break;
      case Sets.time:
        this.times.set(place, bytes, from, to);
    }
    this.words.codes[column] = code;
    const bad = isGood ? 0 : 1;
    this.badColumns += bad - (this.bad[column] as number);
    this.bad[column] = bad;
  }

  /** The code of bytes[from, to), which the column has not had before. 0 for what is as good as empty. */
  codeOf(column: number, bytes: Uint8Array, from: number, to: number): number {
    const role = this.layout.roles[column];
    switch (role?.kind) {
      case 'ip':
        return this.codeOfIp(role.field, column, bytes, from, to);
      case 'text':
        if (isAbsent(bytes, from, to) || isWord(bytes, from, to, '0')) return 0;
        return this.batch.text(role.field).dictionary.code(bytes, from, to);
      case 'label':
        if (isAbsent(bytes, from, to) || NOTHING.some((word) => isWord(bytes, from, to, word))) return 0;
        return this.batch.labels.valueTexts.code(bytes, from, to);
      case 'setter': {
        const text = textOf(bytes, from, to);
        const asked = new Set<string>();
        const cells = cellsOf(this.batch, UNSET, (draft) => role.set(draft, text), asked);
        if (cells === undefined || !this.isAlone(cells, asked, column)) return NO_CODE;
        const code = this.words.add(column, text);
        (this.memos[column] as (CellWrites | undefined)[])[code] = cells;
        return code;
      }
      case 'word':
        return this.words.add(column, textOf(bytes, from, to));
      default:
        return 0;
    }
  }

  private codeOfIp(field: TextFieldName, column: number, bytes: Uint8Array, from: number, to: number): number {
    const { dictionary } = this.batch.text(field);
    if (isQuad(bytes, from, to)) return isWord(bytes, from, to, '0.0.0.0') ? 0 : dictionary.code(bytes, from, to);
    const set = this.layout.setters[column];
    const cells = set && cellsOf(this.batch, {}, (draft) => set(draft, textOf(bytes, from, to)));
    return cells === undefined ? NO_CODE : (cells.texts[0]?.code ?? 0);
  }

  /** Does no other column write these cells, or those that the setter asked for? */
  private isAlone(cells: CellWrites, asked: ReadonlySet<string>, column: number): boolean {
    const { batch, owners } = this;
    const isFirst = [...asked].every((name) => isTextField(name) && owners.claimCell(batch.text(name), column));
    return isFirst && owners.claim(cells, column);
  }

  /** Where the column's values are kept in the cells; each writes cells of its own. */
  private placeOf(role: ColumnRole | undefined, column: number): number {
    const { batch, cells, owners } = this;
    switch (role?.kind) {
      case 'ip':
      case 'text':
        owners.claimCell(batch.text(role.field), column);
        return cells.addText(batch.text(role.field));
      case 'port':
      case 'long':
        owners.claimCell(batch.number(role.field), column);
        return cells.addNumber(batch.number(role.field));
      case 'duration':
        return cells.addNumber(batch.number('event.duration'));
      case 'label': {
        const key = batch.labels.keyNames.codeOfText(this.layout.names[column] as string);
        owners.claimCell(key, column);
        return cells.addLabel(key);
      }
      case 'setter':
        return cells.addCells();
      case 'time':
        return role.time;
      default:
        return -1;
    }
  }
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();
}

/** Is the value this word? */
function isWord(bytes: Uint8Array, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let at = from; at < to; at++) if (bytes[at] !== word.charCodeAt(at - from)) return false;
  return true;
}
