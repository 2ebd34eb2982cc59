import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { type KeySlot, Kind } from '../key-slots.ts';

/** The record has no `eventtime`, or none that is a time. assembly/pairs.ts says so by the same number. */
export const NO_TIME = -1;

/** What one record says of its kind and its time: values that are not cells themselves. */
export class RecordWords {
  readonly dictionary = new ByteDictionary();
  /** By `Kind`, from `date` on: code of the record's value, 0 for none. */
  readonly codes = new Int32Array(Kind.longWay);
  /** By `Kind`: 1 where the value says that there is none. */
  private readonly absent = new Uint8Array(Kind.longWay);
  /** µs, NO_TIME, or −2 for digits beyond a safe integer: never believed, as any time before 2003 is not. */
  eventtime = NO_TIME;
  /** The keys whose values become labels when the record ends; codes say whether this record has them. */
  type: KeySlot | undefined;
  subtype: KeySlot | undefined;

  reset(): void {
    for (let kind: number = Kind.date; kind < Kind.longWay; kind++) this.codes[kind] = 0;
    this.eventtime = NO_TIME;
  }

  /** Takes a value for the record's. */
  keep(slot: KeySlot, code: number, number: number, absent: boolean): void {
    const { kind } = slot;
    if (kind === Kind.eventtime) {
      this.eventtime = number;
      return;
    }
    this.codes[kind] = code;
    this.absent[kind] = absent ? 1 : 0;
    if (kind === Kind.type) this.type = slot;
    else if (kind === Kind.subtype) this.subtype = slot;
  }

  isAbsent(kind: Kind): boolean {
    return this.absent[kind] === 1;
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
