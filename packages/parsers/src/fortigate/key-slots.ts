import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { type CellWrites, SetterMemo } from '../columns/setter-memo.ts';
import { DIRECT_FIELDS, type DirectField } from './direct-fields.ts';
import { FORTIGATE_FIELDS } from './fields.ts';
import { OTHER_KEY } from './products.ts';

/** What is done with the value of a key. assembly/pairs.ts knows these numbers, too. */
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
  readonly kind: Kind;
  readonly mark: number;
  /** Its value counts only where no other key has set the field. */
  readonly first: boolean;
  /** A number that counts only where it is not zero. */
  readonly isTranslatedPort: boolean;
  readonly isSession: boolean;
  private readonly direct: DirectField | undefined;
  text: TextColumn | undefined;
  number: NumberColumn | undefined;
  memo: SetterMemo | undefined;
  /** For `memo`: what values write, by their code. */
  cells: CellWrites[] = [];
  labelKey = 0;
  /** For words that are labels, too: code of the word → code of the label's value. */
  labelValues: number[] = [];

  constructor(name: string) {
    this.name = name;
    this.mark = MARKS.get(name) ?? 0;
    this.direct = DIRECT_FIELDS.get(name);
    this.first = this.direct !== undefined && 'first' in this.direct;
    this.isTranslatedPort = name === 'transport' || name === 'tranport';
    this.isSession = name === 'sessionid' || name === 'tunnelid';
    this.kind = kindOf(name, this.direct);
  }

  bind(batch: ColumnBatch): void {
    const { direct, kind } = this;
    this.cells = [];
    this.labelValues = [];
    if (direct !== undefined) {
      if (direct.kind === 'text' || direct.kind === 'ip') this.text = batch.text(direct.field);
      else this.number = batch.number(direct.field);
    }
    const setter = FORTIGATE_FIELDS.get(this.name);
    if (kind === Kind.memo && setter !== undefined) this.memo = new SetterMemo(batch, setter);
    if (kind === Kind.label || isLabelWord(kind)) {
      this.labelKey = batch.labels.keyNames.codeOfText(this.name.replaceAll('.', '_'));
    }
  }
}

/** Words that are kept as labels besides. */
export function isLabelWord(kind: Kind): boolean {
  return kind === Kind.type || kind === Kind.subtype || kind === Kind.status;
}

function kindOf(name: string, direct: DirectField | undefined): Kind {
  if (direct !== undefined) return Kind[direct.kind];
  if (FORTIGATE_FIELDS.has(name)) return Kind.memo;
  const own = OWN_KINDS.get(name);
  if (own !== undefined) return own;
  return name.length > MAX_LABEL_NAME || name === '__proto__' || name === OTHER_KEY ? Kind.longWay : Kind.label;
}
