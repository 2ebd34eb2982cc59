import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { type KeySlot, Kind } from '../key-slots.ts';
import { NO_TIME } from './eventtime.ts';

/** What one record says of its kind and its time: values that are not cells themselves. */
export class RecordWords {
  readonly dictionary = new ByteDictionary();
  /** By `Kind`, from `date` on: code of the record's value, 0 for none. */
  readonly codes = new Int32Array(Kind.longWay);
  /** µs, NO_TIME or UNSAFE_TIME. */
  eventtime = NO_TIME;
  /** The keys whose values become labels when the record ends; codes say whether this record has them. */
  type: KeySlot | undefined;
  subtype: KeySlot | undefined;

  reset(): void {
    for (let kind: number = Kind.date; kind < Kind.longWay; kind++) this.codes[kind] = 0;
    this.eventtime = NO_TIME;
  }

  /** Takes the value that `slot` has read last for the record's. */
  keep(slot: KeySlot): void {
    const { kind } = slot;
    if (kind === Kind.eventtime) {
      this.eventtime = slot.lastNumber;
      return;
    }
    this.codes[kind] = slot.lastCode;
    if (kind === Kind.type) this.type = slot;
    else if (kind === Kind.subtype) this.subtype = slot;
  }

  code(kind: Kind): number {
    return this.codes[kind] as number;
  }

  /** Empty for none. */
  text(kind: Kind): string {
    const code = this.code(kind);
    return code === 0 ? '' : this.dictionary.text(code);
  }
}
