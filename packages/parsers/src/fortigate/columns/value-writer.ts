import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { type CellWrites, writeCells } from '../../columns/setter-memo.ts';
import { isLabelWord, type KeySlot, Kind } from '../key-slots.ts';
import type { RecordColumns } from './record-columns.ts';
import { NO_CODE } from './value-codes.ts';

/** As in event/draft.ts. */
const MAX_LABELS = 128;

/** What most values need: one store. */
const Plain = { no: 0, text: 1, label: 2, number: 3 } as const;

/** Writes the values of a record into its row. False: the record has to be read the long way. */
export class ValueWriter {
  private slots: KeySlot[] = [];
  /** By slot: one of `Plain`, and what it needs. */
  private readonly plain: number[] = [];
  private readonly texts: TextColumn[] = [];
  private readonly numbers: NumberColumn[] = [];
  private readonly labelKeys: number[] = [];
  private labels = 0;

  /** Slots that are bound to the batch. */
  use(slots: KeySlot[]): void {
    this.slots = slots;
    for (let place = 0; place < slots.length; place++) this.learn(place);
  }

  /** The slot at this place is new. */
  learn(place: number): void {
    const slot = this.slots[place] as KeySlot;
    this.plain[place] = plainOf(slot);
    this.labelKeys[place] = slot.labelKey;
    if (slot.text !== undefined) this.texts[place] = slot.text;
    if (slot.number !== undefined) this.numbers[place] = slot.number;
  }

  /** Begins a record. */
  reset(): void {
    this.labels = 0;
  }

  write(columns: RecordColumns, place: number, code: number, number: number, absent: boolean, row: number): boolean {
    switch (this.plain[place]) {
      case Plain.text:
        (this.texts[place] as TextColumn).codes[row] = code;
        return code !== NO_CODE;
      case Plain.label:
        return this.writeLabel(columns, this.labelKeys[place] as number, code, row);
      case Plain.number:
        (this.numbers[place] as NumberColumn).values[row] = number;
        return true;
      default:
        return this.writeOther(columns, this.slots[place] as KeySlot, code, number, absent, row);
    }
  }

  /** The labels that stand behind all others, as in parser.ts. */
  writeKinds(columns: RecordColumns, row: number): boolean {
    const { type, subtype } = columns.words;
    return this.writeKind(columns, type, row) && this.writeKind(columns, subtype, row);
  }

  private writeOther(
    columns: RecordColumns,
    slot: KeySlot,
    code: number,
    number: number,
    absent: boolean,
    row: number,
  ): boolean {
    const { kind } = slot;
    if (kind >= Kind.date) {
      columns.words.keep(slot, code, number, absent);
      return kind !== Kind.status || absent || this.writeLabel(columns, slot.labelKey, labelOf(slot, code), row);
    }
    if (slot.isTranslatedPort) {
      if (number !== 0) (slot.number as NumberColumn).values[row] = number;
      return true;
    }
    if (code === NO_CODE) return isSet(slot, row);
    if (kind === Kind.memo) writeCells(slot.cells[code] as CellWrites, row);
    else if (!isSet(slot, row)) (slot.text as TextColumn).codes[row] = code;
    return true;
  }

  private writeKind(columns: RecordColumns, slot: KeySlot | undefined, row: number): boolean {
    if (slot === undefined) return true;
    const code = columns.words.code(slot.kind);
    const isNone = code === 0 || columns.words.isAbsent(slot.kind);
    return isNone || this.writeLabel(columns, slot.labelKey, labelOf(slot, code), row);
  }

  private writeLabel({ batch }: RecordColumns, key: number, value: number, row: number): boolean {
    if (++this.labels > MAX_LABELS) return false;
    batch.labels.set(row, key, value);
    return true;
  }
}

function plainOf({ kind, first, isTranslatedPort }: KeySlot): number {
  if (isTranslatedPort) return Plain.no;
  if (kind === Kind.label) return Plain.label;
  if (kind === Kind.long || kind === Kind.port || kind === Kind.seconds) return Plain.number;
  return (kind === Kind.text || kind === Kind.ip) && !first ? Plain.text : Plain.no;
}

/** Has another key set the field, where that counts? */
function isSet({ first, text }: KeySlot, row: number): boolean {
  return first && text !== undefined && text.codes[row] !== 0;
}

function labelOf(slot: KeySlot, code: number): number {
  if (!isLabelWord(slot.kind)) throw new TypeError(`${slot.name} is no label`);
  return slot.labelValues[code] as number;
}
