import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import type { CellWrites } from '../../columns/setter-memo.ts';

/** As in event/draft.ts. */
const MAX_LABELS = 128;
/** Cells of values that write more than one text; a value writes a handful. */
const MAX_MORE = 512;

/**
 * The cells that the rows of one layout write, kept from row to row: a value that repeats costs a store. A place is for what
 * one column writes, or what is read from several; those added first are written first.
 */
export class RowCells {
  private readonly batch: ColumnBatch;
  private readonly texts: TextColumn[] = [];
  /** 0 writes nothing. */
  private readonly codes = new Int32Array(MAX_MORE);
  private readonly numbers: NumberColumn[] = [];
  private readonly values = new Float64Array(MAX_MORE);
  private readonly labelKeys = new Int32Array(MAX_MORE);
  private readonly labelCodes = new Int32Array(MAX_MORE);
  /** So many of each belong to places with one cell; behind them stand those of the others. */
  private readonly ones = { texts: 0, numbers: 0, labels: 0 };
  private labels = 0;
  private labelsSet = 0;
  /** What places with several cells write, in their order. */
  private readonly several: (CellWrites | undefined)[] = [];
  /** Where one text of theirs is kept. */
  private readonly textOf: (number | undefined)[] = [];
  /** Where the first of them stand. */
  private readonly textsAt: number[] = [];
  private readonly numbersAt: number[] = [];
  private isStale = false;
  private isFull = false;

  constructor(batch: ColumnBatch) {
    this.batch = batch;
  }

  addText(column: TextColumn): number {
    this.texts.push(column);
    this.ones.texts += 1;
    return this.ones.texts - 1;
  }

  addNumber(column: NumberColumn): number {
    this.numbers.push(column);
    this.values[this.ones.numbers] = Number.NaN;
    this.ones.numbers += 1;
    return this.ones.numbers - 1;
  }

  addLabel(key: number): number {
    this.labelKeys[this.ones.labels] = key;
    this.ones.labels += 1;
    this.labels = this.ones.labels;
    return this.labels - 1;
  }

  /** A place for any cells, which are mostly one text. */
  addCells(): number {
    this.textOf[this.several.length] = this.addText(this.batch.text('event.kind'));
    return this.addLater();
  }

  /** A place for any cells, which are written behind all that were added before it. */
  addLater(): number {
    return this.several.push(undefined) - 1;
  }

  setText(place: number, code: number): void {
    this.codes[place] = code;
  }

  setNumber(place: number, value: number): void {
    this.values[place] = value;
  }

  setLabel(place: number, code: number): void {
    if ((this.labelCodes[place] === 0) !== (code === 0)) this.labelsSet += code === 0 ? -1 : 1;
    this.labelCodes[place] = code;
  }

  setCells(place: number, cells: CellWrites | undefined): void {
    const text = this.textOf[place];
    const first = cells?.texts[0];
    const isOne = text !== undefined && cells !== undefined && first !== undefined && sizeOf(cells) === 1;
    if (text !== undefined) this.codes[text] = isOne ? first.code : 0;
    if (isOne) this.texts[text] = first.column;
    const more = isOne || cells === undefined || sizeOf(cells) === 0 ? undefined : cells;
    const before = this.several[place];
    if (more === before) return;
    this.several[place] = more;
    if (more === undefined || before === undefined || this.isStale || !this.replace(place, before, more))
      this.isStale = true;
  }

  /** Puts cells in the place of others that are of the same columns, as those of most values are. */
  private replace(place: number, { texts, numbers, labels }: CellWrites, by: CellWrites): boolean {
    if (labels.length + by.labels.length > 0 || texts.length !== by.texts.length) return false;
    if (numbers.length !== by.numbers.length) return false;
    for (let at = 0; at < texts.length; at++) if (texts[at]?.column !== by.texts[at]?.column) return false;
    for (let at = 0; at < numbers.length; at++) if (numbers[at]?.column !== by.numbers[at]?.column) return false;
    const [textAt, numberAt] = [this.textsAt[place] as number, this.numbersAt[place] as number];
    for (let at = 0; at < texts.length; at++) this.codes[textAt + at] = by.texts[at]?.code ?? 0;
    for (let at = 0; at < numbers.length; at++) this.values[numberAt + at] = by.numbers[at]?.value ?? Number.NaN;
    return true;
  }

  /** False: the row has more labels than an event may have. */
  write(row: number): boolean {
    if (this.isStale) this.gather();
    const { texts, codes, numbers, values } = this;
    for (let index = 0; index < texts.length; index++) {
      const code = codes[index] as number;
      if (code !== 0) (texts[index] as TextColumn).codes[row] = code;
    }
    for (let index = 0; index < numbers.length; index++) {
      (numbers[index] as NumberColumn).values[row] = values[index] as number;
    }
    this.batch.labels.addAll(row, this.labelKeys, this.labelCodes, this.labels);
    return !this.isFull && this.labelsSet + this.labels - this.ones.labels <= MAX_LABELS;
  }

  /** Places with several cells, one behind the other. */
  private gather(): void {
    const { texts, numbers, ones } = this;
    texts.length = ones.texts;
    numbers.length = ones.numbers;
    this.labels = ones.labels;
    this.isStale = false;
    this.isFull = false;
    for (let place = 0; place < this.several.length; place++) {
      const cells = this.several[place];
      if (cells === undefined) continue;
      this.textsAt[place] = texts.length;
      this.numbersAt[place] = numbers.length;
      if (Math.max(texts.length, numbers.length, this.labels) + sizeOf(cells) > MAX_MORE) {
        this.isFull = true;
        // Until there is room again.
        this.isStale = true;
        return;
      }
      for (const { column, code } of cells.texts) this.codes[texts.push(column) - 1] = code;
      for (const { column, value } of cells.numbers) this.values[numbers.push(column) - 1] = value;
      for (const { key, value } of cells.labels) {
        this.labelKeys[this.labels] = key;
        this.labelCodes[this.labels] = value;
        this.labels += 1;
      }
    }
  }
}

function sizeOf({ texts, numbers, labels }: CellWrites): number {
  return texts.length + numbers.length + labels.length;
}
