import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/column-batch';
import { writeCells } from '../../columns/setter-memo.ts';
import { type KeySlot, Kind } from '../key-slots.ts';
import type { RecordColumns } from './record-columns.ts';

/** As in event/draft.ts. */
const MAX_LABELS = 128;

/** Writes what slots have read last into a row, be it now or a record ago. False: more labels than an event has. */
export class ValueWriter {
  private labels = 0;

  /** Begins a record. */
  reset(): void {
    this.labels = 0;
  }

  write(columns: RecordColumns, slot: KeySlot, row: number): boolean {
    const { kind } = slot;
    if (kind >= Kind.date) {
      columns.words.keep(slot);
      return kind !== Kind.status || slot.lastAbsent || this.writeLabel(columns, slot, row);
    }
    if (slot.lastAbsent) return true;
    switch (kind) {
      case Kind.text:
      case Kind.ip: {
        const { codes } = slot.text as TextColumn;
        if (!slot.first || codes[row] === 0) codes[row] = slot.lastCode;
        return true;
      }
      case Kind.memo:
        if (slot.lastCells !== undefined) writeCells(slot.lastCells, row);
        return true;
      case Kind.label:
        return this.writeLabel(columns, slot, row);
      default:
        (slot.number as NumberColumn).values[row] = slot.lastNumber;
        return true;
    }
  }

  /** The labels that stand behind all others, as in parser.ts. */
  writeKinds(columns: RecordColumns, row: number): boolean {
    const { type, subtype } = columns.words;
    return this.writeKind(columns, type, row) && this.writeKind(columns, subtype, row);
  }

  private writeKind(columns: RecordColumns, slot: KeySlot | undefined, row: number): boolean {
    if (slot === undefined || columns.words.code(slot.kind) === 0 || slot.lastAbsent) return true;
    return this.writeLabel(columns, slot, row);
  }

  private writeLabel({ batch }: RecordColumns, slot: KeySlot, row: number): boolean {
    if (++this.labels > MAX_LABELS) return false;
    batch.labels.set(row, slot.labelKey, slot.labelValue);
    return true;
  }
}
