import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnBatch, NumberColumn, TextColumn } from '@logmaster/core/event/columns/column-batch';
import { type CellWrites, SetterMemo } from '../columns/setter-memo.ts';
import { DIRECT_FIELDS, type DirectField } from './direct-fields.ts';
import { FORTIGATE_FIELDS } from './fields.ts';

/** What is done with the value of a key. */
export const Kind = {
  text: 0,
  ip: 1,
  long: 2,
  port: 3,
  seconds: 4,
  memo: 5,
  label: 6,
  date: 7,
  time: 8,
  tz: 9,
  eventtime: 10,
  type: 11,
  subtype: 12,
  status: 13,
  hostname: 14,
  dhcpMessage: 15,
  /** The record has to be read as an event. */
  longWay: 16,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const OWN_KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['date', Kind.date],
  ['time', Kind.time],
  ['tz', Kind.tz],
  ['eventtime', Kind.eventtime],
  ['type', Kind.type],
  ['subtype', Kind.subtype],
  ['status', Kind.status],
  ['hostname', Kind.hostname],
  ['dhcp_msg', Kind.dhcpMessage],
]);
/** Bits of the keys by which a FortiOS record is recognised. */
const MARKS: ReadonlyMap<string, number> = new Map([
  ['logid', 1],
  ['type', 2],
  ['subtype', 4],
]);
export const ALL_MARKS = 7;

const MAX_LABEL_NAME = 64;

/** One key of FortiOS: what its value is, and where it goes in the batch at hand. */
export class KeySlot {
  readonly name: string;
  readonly key: Uint8Array;
  readonly kind: Kind;
  readonly mark: number;
  readonly first: boolean;
  private readonly direct: DirectField | undefined;
  /** The key that followed last time: nearly always the one that follows now. */
  next: KeySlot | undefined;
  private batch: ColumnBatch | undefined;
  private generation = 0;
  text: TextColumn | undefined;
  number: NumberColumn | undefined;
  memo: SetterMemo | undefined;
  /** For `ip`: code of a value as written → code of its canonical form. */
  canonical: number[] = [];
  labelKey = 0;
  labelValue = 0;
  /**
   * What was read last: `key=value` with the byte that ends it, and what came of it in `batch`. Most pairs repeat the
   * record before, and one comparison is all they need. `repeatable` is false where nothing can be repeated.
   */
  repeatable = false;
  readonly lastPair = new Uint8Array(64);
  readonly lastView = new DataView(this.lastPair.buffer);
  lastLength = 0;
  lastAbsent = false;
  lastCode = 0;
  lastNumber = 0;
  lastCells: CellWrites | undefined;
  lastSeen = 0;

  constructor(name: string) {
    this.name = name;
    this.key = new TextEncoder().encode(name);
    this.mark = MARKS.get(name) ?? 0;
    this.direct = DIRECT_FIELDS.get(name);
    this.first = this.direct !== undefined && 'first' in this.direct;
    this.kind = kindOf(name, this.direct);
  }

  isBound(batch: ColumnBatch): boolean {
    return this.batch === batch && this.generation === batch.generation;
  }

  bind(batch: ColumnBatch): void {
    const { direct, kind } = this;
    this.batch = batch;
    this.generation = batch.generation;
    this.repeatable = false;
    this.canonical = [];
    this.labelValue = 0;
    if (direct !== undefined) {
      if (direct.kind === 'text' || direct.kind === 'ip') this.text = batch.text(direct.field);
      else this.number = batch.number(direct.field);
    }
    const setter = FORTIGATE_FIELDS.get(this.name);
    if (kind === Kind.memo && setter !== undefined) this.memo = new SetterMemo(batch, setter);
    if (kind === Kind.label || kind === Kind.type || kind === Kind.subtype || kind === Kind.status) {
      this.labelKey = batch.labels.keyNames.codeOfText(this.name.replaceAll('.', '_'));
    }
  }
}

function kindOf(name: string, direct: DirectField | undefined): Kind {
  if (direct !== undefined) return Kind[direct.kind];
  if (FORTIGATE_FIELDS.has(name)) return Kind.memo;
  const own = OWN_KINDS.get(name);
  if (own !== undefined) return own;
  return name.length > MAX_LABEL_NAME || name === '__proto__' ? Kind.longWay : Kind.label;
}

/** Bound for keys that senders make up: beyond it all are forgotten. */
const MAX_SLOTS = 4096;
const MAX_KEY_BYTES = 256;

export class KeySlots {
  private names = new ByteDictionary();
  private slots: KeySlot[] = [];

  /** Undefined when the key is not ASCII, or too long. */
  find(bytes: Uint8Array, from: number, to: number): KeySlot | undefined {
    if (to - from > MAX_KEY_BYTES) return undefined;
    if (this.slots.length >= MAX_SLOTS) {
      this.names = new ByteDictionary();
      this.slots = [];
    }
    for (let at = from; at < to; at++) if ((bytes[at] as number) > 0x7f) return undefined;
    const code = this.names.code(bytes, from, to);
    let slot = this.slots[code];
    if (slot === undefined) {
      slot = new KeySlot(this.names.text(code));
      this.slots[code] = slot;
    }
    return slot;
  }
}
