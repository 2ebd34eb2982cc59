import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { cellsOf } from '../../columns/setter-memo.ts';
import { RowDraft } from '../../event/row-draft.ts';
import type { ZoneClock } from '../../time/zone.ts';
import { PRODUCT } from '../parser.ts';
import { CellOwners } from './cell-owners.ts';
import type { RowLayout } from './layouts.ts';
import { RowCells } from './row-cells.ts';
import { PartMemo, UNSEEN } from './row-parts.ts';
import { PENDING, type RowScanner } from './row-scanner.ts';
import { RowTimes } from './row-time.ts';
import { RowValues } from './row-values.ts';
import { RowWords } from './row-words.ts';

/** What is said of every record whose parser noted nothing. */
const STATUS = {
  'event.kind': 'event',
  'logmaster.parser': 'palo_alto',
  'logmaster.parse.status': 'ok',
} as const;

const COLUMN = 0;
const CODE = 1;
const FROM = 4;
const TO = 5;
const ENTRY = 6;
const TOKEN_WORDS = 8;

/** Nobody asks for the record's text. */
const NO_TEXT = { original: '', isAscii: true, messageFrom: 0, messageTo: 0 };
/** So many that no part can have come to the most that an event may have. */
const FEW_LABELS = 100;

interface Part {
  readonly memo: PartMemo;
  readonly place: number;
}

/** Reads the rows of one layout into a batch, until it is cleared: what a token tells is true until the next one of its column. */
export class RowReader {
  readonly times: RowTimes;
  private readonly batch: ColumnBatch;
  private readonly draft: RowDraft;
  private readonly scanner: RowScanner;
  private readonly index: number;
  private readonly cells: RowCells;
  private readonly values: RowValues;
  private readonly owners = new CellOwners();
  private readonly parts: readonly Part[];
  /** By column, a bit for each part that looks at it. */
  private readonly partsOf: Int32Array;
  /** Columns that are told by their bytes only. */
  private readonly inBytes: readonly boolean[];
  private readonly columns: number;
  /** A bit for each part: its columns have changed; its columns' values have to be read as text. */
  private changedParts: number;
  private badParts = 0;

  constructor(batch: ColumnBatch, layout: RowLayout, index: number, scanner: RowScanner, zones: ZoneClock) {
    this.batch = batch;
    this.draft = new RowDraft(batch);
    const words = new RowWords(layout.names.length);
    this.scanner = scanner;
    this.index = index;
    this.columns = layout.names.length;
    this.times = new RowTimes(zones);
    this.cells = new RowCells(batch);
    this.values = new RowValues(batch, layout, this.cells, words, this.times, this.owners);
    this.inBytes = layout.isInBytes;
    this.parts = layout.parts.map((part) => ({
      memo: new PartMemo(batch, layout, part, words),
      place: this.cells.addLater(),
    }));
    const constants = cellsOf(batch, {}, (draft) => {
      Object.assign(draft.event, PRODUCT);
      Object.assign(draft.event, STATUS);
    });
    this.cells.setCells(this.cells.addLater(), constants);
    this.changedParts = 2 ** this.parts.length - 1;
    this.partsOf = new Int32Array(layout.names.length);
    for (const [part, { memo }] of this.parts.entries()) {
      for (const column of memo.columns) this.partsOf[column] = (this.partsOf[column] as number) | (1 << part);
    }
  }

  /**
   * The row in bytes[from, end), which stand at `offset` more in the scanner's memory, into cells. False: the row has to be
   * read as text.
   */
  read(bytes: Uint8Array, from: number, end: number, offset: number, row: number): boolean {
    const { scanner } = this;
    const count = scanner.calls.scan(this.index, from + offset, end + offset);
    // Whatever becomes of the row: what was told will not be told again.
    for (let token = 0; token < count; token++) this.take(token, bytes, offset);
    if (count < 0 || this.values.badColumns > 0) return false;
    const unseen = this.changedParts === 0 ? this.parts.length : this.readParts();
    if (this.badParts !== 0 || !this.cells.write(row)) return false;
    return unseen === this.parts.length || this.writeParts(unseen, row);
  }

  private take(token: number, bytes: Uint8Array, offset: number): void {
    const { tokens, numbers } = this.scanner;
    const at = token * TOKEN_WORDS;
    const column = tokens[at + COLUMN] as number;
    let code = tokens[at + CODE] as number;
    const from = (tokens[at + FROM] as number) - offset;
    const to = (tokens[at + TO] as number) - offset;
    if (code === PENDING) {
      code = this.values.codeOf(column, bytes, from, to);
      this.scanner.give(tokens[at + ENTRY] as number, code);
    } else if (this.inBytes[column] && from < to) code = this.values.codeOf(column, bytes, from, to);
    this.values.set(column, code, numbers[(at >> 1) + 1] as number, bytes, from, to);
    this.changedParts |= this.partsOf[column] as number;
  }

  /** The first part whose words were not seen before, or how many parts there are. */
  private readParts(): number {
    let unseen = this.parts.length;
    const changed = this.changedParts;
    this.changedParts = 0;
    for (let part = 0; part < this.parts.length; part++) {
      const bit = 1 << part;
      const { memo, place } = this.parts[part] as Part;
      if ((changed & bit) === 0) continue;
      const cells = memo.cells();
      if (cells === UNSEEN) {
        unseen = Math.min(unseen, part);
        // The next row may have the same words.
        this.changedParts |= bit;
      }
      const known = cells === UNSEEN ? undefined : cells;
      const isGood = cells === UNSEEN || (cells !== undefined && this.owners.claimLabels(cells, this.columns + part));
      this.badParts = isGood ? this.badParts & ~bit : this.badParts | bit;
      this.cells.setCells(place, isGood ? known : undefined);
    }
    return unseen;
  }

  /** The parts from the first that is not in the cells on, in their order. */
  private writeParts(first: number, row: number): boolean {
    this.draft.begin(NO_TEXT);
    for (let part = first; part < this.parts.length; part++) {
      if (!(this.parts[part] as Part).memo.writeTo(this.draft)) return false;
    }
    const { starts, count } = this.batch.labels;
    return count - (starts[row] as number) <= FEW_LABELS;
  }
}
