import { isUtf8 } from 'node:buffer';
import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnBatch, NumberColumn, TextColumn } from '@logmaster/core/event/columns/column-batch';
import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import {
  BACKSLASH,
  EQUALS,
  isAbsent,
  isEscaped,
  isQuad,
  isSeparator,
  QUOTE,
  readDigits,
  SPACE,
  unescapeInto,
} from '../columns/pairs.ts';
import { type CellWrites, cellsOf, writeCells } from '../columns/setter-memo.ts';
import type { ParseContext } from '../contracts.ts';
import { LEVELS } from '../syslog/severity.ts';
import { checkPlausible, resolveTime } from '../time/device-time.ts';
import type { ZoneClock } from '../time/zone.ts';
import { canonicalIp } from '../values/ip.ts';
import { classify } from './classify.ts';
import { ALL_MARKS, type KeySlot, KeySlots, Kind } from './key-slots.ts';
import { readFortigateTime } from './parser.ts';

/** As in parser.ts: where the keys stand by which a record is recognised. */
const HEAD = 400;
/** As in event/draft.ts. */
const MAX_LABELS = 128;
const MAX_SECONDS = 9_007_199;
const PRIORITIES = 192;
const HIGH_BITS = 0x8080_8080 | 0;
const QUOTES = 0x2222_2222;
const BACKSLASHES = 0x5c5c_5c5c;
const NO_TIME = -1;
/** Digits beyond a safe integer: never believed, as any time before 2010 is not. */
const UNSAFE_TIME = -2;

/** What a batch is told about every FortiGate record. */
const CONSTANTS = {
  'event.kind': 'event',
  'event.dataset': 'fortinet.fortigate',
  'observer.vendor': 'Fortinet',
  'observer.product': 'FortiGate',
  'observer.type': 'firewall',
  'logmaster.parser': 'fortigate',
  'logmaster.parse.status': 'ok',
} as const;

interface Bound {
  readonly batch: ColumnBatch;
  readonly generation: number;
  readonly constants: CellWrites;
  readonly action: TextColumn;
  readonly level: TextColumn;
  readonly eventType: TextColumn;
  readonly startType: number;
  /** Code of the level of each severity. */
  readonly levels: readonly number[];
  readonly timestamp: NumberColumn;
  readonly eventStart: NumberColumn;
  readonly eventEnd: NumberColumn;
  readonly duration: NumberColumn;
  readonly priority: NumberColumn;
  readonly facility: NumberColumn;
  readonly severity: NumberColumn;
  readonly sums: readonly (readonly [sum: NumberColumn, a: NumberColumn, b: NumberColumn])[];
  /** Texts that are not cells themselves: type, subtype, status, host name, DHCP message, date, time, tz. */
  readonly words: ByteDictionary;
  readonly classes: Map<number | string, CellWrites | undefined>;
}

/**
 * FortiOS records from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for every
 * record that is not a plain one (another header, an error to note, an unusual time, text that is not UTF-8): it may
 * have written cells then, which the caller takes back.
 */
export class FortigateColumnReader {
  private readonly slots = new KeySlots();
  private readonly zones: ZoneClock;
  private bound: Bound | undefined;
  private firstSlot: KeySlot | undefined;
  private scratch = new Uint8Array(1024);
  private viewed: Uint8Array | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));
  private labels = 0;
  private type = 0;
  private subtype = 0;
  private status = 0;
  private hostname = 0;
  private dhcpMessage = 0;
  private date = 0;
  private time = 0;
  private tz = 0;
  /** µs, NO_TIME or UNSAFE_TIME. */
  private eventtime = 0;
  private typeSlot: KeySlot | undefined;
  private subtypeSlot: KeySlot | undefined;

  constructor(zones: ZoneClock) {
    this.zones = zones;
  }

  /** Reads bytes[from, to), one record, into the row in the making. */
  read(batch: ColumnBatch, bytes: Uint8Array, from: number, to: number, context: ParseContext): boolean {
    const { row, bound } = { row: batch.rows, bound: this.bind(batch) };
    let end = to;
    while (end > from && isTrailing(bytes[end - 1] as number)) end--;
    const messageAt = this.readPriority(bound, bytes, from, end, row);
    if (messageAt < 0 || !startsWithDate(bytes, messageAt, end)) return false;
    this.reset();
    if (!this.readPairs(batch, bytes, messageAt, end, row)) return false;
    writeCells(bound.constants, row);
    if (!this.classify(bound, row)) return false;
    for (const [sum, a, b] of bound.sums) {
      const total = (a.values[row] as number) + (b.values[row] as number);
      sum.values[row] = total;
    }
    if (!this.setTime(bound, row, context)) return false;
    batch.setOriginal(bytes, from, to);
    if (end === to) batch.messageAt[row] = messageAt - from;
    else {
      const message = batch.text('message');
      message.codes[row] = message.dictionary.code(bytes, messageAt, end);
    }
    return true;
  }

  private bind(batch: ColumnBatch): Bound {
    if (this.bound?.batch === batch && this.bound.generation === batch.generation) return this.bound;
    const constants = cellsOf(batch, {}, ({ event }) => Object.assign(event, CONSTANTS)) as CellWrites;
    const level = batch.text('log.level');
    const eventType = batch.text('event.type');
    this.bound = {
      batch,
      generation: batch.generation,
      constants,
      level,
      eventType,
      action: batch.text('event.action'),
      startType: eventType.dictionary.codeOfText('start'),
      levels: LEVELS.map((word) => level.dictionary.codeOfText(word)),
      timestamp: batch.number('@timestamp'),
      eventStart: batch.number('event.start'),
      eventEnd: batch.number('event.end'),
      duration: batch.number('event.duration'),
      priority: batch.number('log.syslog.priority'),
      facility: batch.number('log.syslog.facility.code'),
      severity: batch.number('log.syslog.severity.code'),
      sums: [
        [batch.number('network.bytes'), batch.number('source.bytes'), batch.number('destination.bytes')],
        [batch.number('network.packets'), batch.number('source.packets'), batch.number('destination.packets')],
      ],
      words: new ByteDictionary(),
      classes: new Map(),
    };
    return this.bound;
  }

  private reset(): void {
    this.labels = 0;
    this.type = 0;
    this.subtype = 0;
    this.status = 0;
    this.hostname = 0;
    this.dhcpMessage = 0;
    this.date = 0;
    this.time = 0;
    this.tz = 0;
    this.eventtime = NO_TIME;
  }

  /** Position behind `<PRI>`, `from` when there is none; −1 for one that is out of range. */
  private readPriority(bound: Bound, bytes: Uint8Array, from: number, end: number, row: number): number {
    if (bytes[from] !== 0x3c) return from;
    let at = from + 1;
    let value = 0;
    for (; at < end && at - from <= 3 && bytes[at] !== 0x3e; at++) {
      const digit = (bytes[at] as number) - 0x30;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    if (at >= end || bytes[at] !== 0x3e || at === from + 1 || value >= PRIORITIES) return -1;
    bound.priority.values[row] = value;
    bound.facility.values[row] = value >> 3;
    bound.severity.values[row] = value & 7;
    bound.level.codes[row] = bound.levels[value & 7] as number;
    return at + 1;
  }

  /** All pairs; false when one needs the long way, or the record is not FortiOS' own. */
  private readPairs(batch: ColumnBatch, bytes: Uint8Array, from: number, end: number, row: number): boolean {
    const view = this.viewOf(bytes);
    let seen = 0;
    let marks = 0;
    let previous: KeySlot | undefined;
    let at = from;
    while (at < end) {
      let slot = previous === undefined ? this.firstSlot : previous.next;
      if (slot?.repeatable === true && slot.isBound(batch)) {
        const ends = repeats(view, at, end, slot.lastView, slot.lastLength);
        if (ends > 0) {
          if (slot.mark !== 0 && isMark(bytes, from, at, at + slot.key.length + 1)) marks |= slot.mark;
          seen |= slot.lastSeen;
          if (!this.repeat(batch, slot, row)) return false;
          at = ends;
          while (at < end && isSeparator(bytes[at] as number)) at++;
          previous = slot;
          continue;
        }
      }
      let keyAt = at;
      let valueAt = slot === undefined ? -1 : behindKey(bytes, at, end, slot.key);
      if (valueAt < 0 || slot === undefined) {
        let equals = at;
        while (equals < end && bytes[equals] !== EQUALS) seen |= bytes[equals++] as number;
        if (equals === end) break;
        keyAt = equals;
        while (keyAt > at && bytes[keyAt - 1] !== SPACE) keyAt--;
        slot = this.slots.find(bytes, keyAt, equals);
        if (slot === undefined) return false;
        if (previous === undefined) this.firstSlot = slot;
        else previous.next = slot;
        valueAt = equals + 1;
      }
      if (slot.mark !== 0 && isMark(bytes, from, keyAt, valueAt)) marks |= slot.mark;
      let valueEnd = valueAt;
      let escaped = false;
      let bits = 0;
      if (bytes[valueAt] === QUOTE && valueAt < end) {
        valueAt += 1;
        valueEnd = valueAt;
        for (; valueEnd + 4 <= end; valueEnd += 4) {
          const word = view.getInt32(valueEnd, true);
          if (holdsByte(word, QUOTES)) break;
          bits |= word;
          if (holdsByte(word, BACKSLASHES)) escaped = true;
        }
        for (; ; valueEnd++) {
          if (valueEnd >= end) return false;
          const byte = bytes[valueEnd] as number;
          bits |= byte;
          if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            const closes = valueEnd + 1 === end || isSeparator(bytes[valueEnd + 1] as number);
            if (closes && !(escaped && isEscaped(bytes, valueEnd, valueAt))) break;
          }
        }
      } else {
        for (; valueEnd < end; valueEnd++) {
          const byte = bytes[valueEnd] as number;
          if (byte === SPACE) break;
          bits |= byte;
        }
      }
      seen |= bits;
      at = valueEnd + 1;
      slot.repeatable = false;
      if (slot.key.length > 0) {
        if (!this.take(batch, slot, bytes, valueAt, valueEnd, escaped, row)) return false;
        // A quote ends a value together with what follows it.
        const pairEnd = bytes[valueEnd] === QUOTE ? valueEnd + 2 : valueEnd + 1;
        if (!escaped && !slot.first && pairEnd <= end) remember(slot, bytes, keyAt, pairEnd, bits);
      }
      while (at < end && isSeparator(bytes[at] as number)) at++;
      previous = slot;
    }
    if ((seen & HIGH_BITS) !== 0 && !isUtf8(bytes.subarray(from, end))) return false;
    return marks === ALL_MARKS && this.labelKinds(batch, row);
  }

  /** Records of one block share its bytes. */
  private viewOf(bytes: Uint8Array): DataView {
    if (this.viewed !== bytes) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.view;
  }

  private take(
    batch: ColumnBatch,
    slot: KeySlot,
    bytes: Uint8Array,
    from: number,
    to: number,
    escaped: boolean,
    row: number,
  ): boolean {
    if (!slot.isBound(batch)) slot.bind(batch);
    if (!escaped) return this.put(batch, slot, bytes, from, to, row);
    if (this.scratch.length < to - from) this.scratch = new Uint8Array(2 * (to - from));
    const length = unescapeInto(bytes, from, to, this.scratch);
    return this.put(batch, slot, this.scratch, 0, length, row);
  }

  private put(batch: ColumnBatch, slot: KeySlot, bytes: Uint8Array, from: number, to: number, row: number): boolean {
    const { kind } = slot;
    if (kind >= Kind.date) return this.putOwn(batch, slot, bytes, from, to, row);
    slot.lastAbsent = isAbsent(bytes, from, to);
    if (slot.lastAbsent) return true;
    if (kind === Kind.text) {
      const { codes, dictionary } = slot.text as TextColumn;
      slot.lastCode = dictionary.code(bytes, from, to);
      if (!slot.first || codes[row] === 0) codes[row] = slot.lastCode;
      return true;
    }
    if (kind === Kind.label) return this.putLabel(batch, slot, bytes, from, to, row);
    if (kind === Kind.ip) return putAddress(slot, bytes, from, to, row);
    if (kind === Kind.memo) {
      const cells = slot.memo?.cellsFor(bytes, from, to);
      slot.lastCells = cells;
      if (cells !== undefined) writeCells(cells, row);
      return cells !== undefined;
    }
    const value = readDigits(bytes, from, to);
    if (value < 0 || (kind === Kind.port && value > 65_535) || (kind === Kind.seconds && value > MAX_SECONDS)) {
      return false;
    }
    slot.lastNumber = kind === Kind.seconds ? value * 1_000_000_000 : value;
    (slot.number as NumberColumn).values[row] = slot.lastNumber;
    return true;
  }

  /** What `put` did with the same value a record ago. */
  private repeat(batch: ColumnBatch, slot: KeySlot, row: number): boolean {
    const { kind, lastCode } = slot;
    switch (kind) {
      case Kind.text:
      case Kind.ip: {
        const { codes } = slot.text as TextColumn;
        if (!slot.lastAbsent && (!slot.first || codes[row] === 0)) codes[row] = lastCode;
        return true;
      }
      case Kind.memo:
        if (!slot.lastAbsent && slot.lastCells !== undefined) writeCells(slot.lastCells, row);
        return true;
      case Kind.label:
        return slot.lastAbsent || this.repeatLabel(batch, slot, row);
      case Kind.long:
      case Kind.port:
      case Kind.seconds:
        if (!slot.lastAbsent) (slot.number as NumberColumn).values[row] = slot.lastNumber;
        return true;
      case Kind.eventtime:
        this.eventtime = slot.lastNumber;
        return true;
      case Kind.date:
        this.date = lastCode;
        return true;
      case Kind.time:
        this.time = lastCode;
        return true;
      case Kind.tz:
        this.tz = lastCode;
        return true;
      case Kind.type:
        this.type = lastCode;
        this.typeSlot = slot;
        return true;
      case Kind.subtype:
        this.subtype = lastCode;
        this.subtypeSlot = slot;
        return true;
      case Kind.hostname:
        this.hostname = lastCode;
        return true;
      case Kind.dhcpMessage:
        this.dhcpMessage = lastCode;
        return true;
      case Kind.status:
        this.status = lastCode;
        return slot.lastAbsent || this.repeatLabel(batch, slot, row);
      default:
        return false;
    }
  }

  private repeatLabel(batch: ColumnBatch, slot: KeySlot, row: number): boolean {
    if (++this.labels > MAX_LABELS) return false;
    batch.labels.set(row, slot.labelKey, slot.labelValue);
    return true;
  }

  private putLabel(
    batch: ColumnBatch,
    slot: KeySlot,
    bytes: Uint8Array,
    from: number,
    to: number,
    row: number,
  ): boolean {
    if (++this.labels > MAX_LABELS) return false;
    const texts = batch.labels.valueTexts;
    if (slot.labelValue === 0 || !texts.holds(slot.labelValue, bytes, from, to)) {
      slot.labelValue = texts.code(bytes, from, to);
    }
    batch.labels.set(row, slot.labelKey, slot.labelValue);
    return true;
  }

  /** Keys that say what the record is, and when. */
  private putOwn(batch: ColumnBatch, slot: KeySlot, bytes: Uint8Array, from: number, to: number, row: number): boolean {
    const { words } = this.bound as Bound;
    const code = slot.kind === Kind.eventtime || from === to ? 0 : words.code(bytes, from, to);
    slot.lastAbsent = isAbsent(bytes, from, to);
    slot.lastCode = code;
    if (slot.kind === Kind.eventtime) slot.lastNumber = readEventtime(bytes, from, to);
    switch (slot.kind) {
      case Kind.eventtime:
        this.eventtime = slot.lastNumber;
        return true;
      case Kind.date:
        this.date = code;
        return true;
      case Kind.time:
        this.time = code;
        return true;
      case Kind.tz:
        this.tz = code;
        return true;
      case Kind.type:
        this.type = code;
        this.typeSlot = slot;
        return true;
      case Kind.subtype:
        this.subtype = code;
        this.subtypeSlot = slot;
        return true;
      case Kind.hostname:
        this.hostname = code;
        return true;
      case Kind.dhcpMessage:
        this.dhcpMessage = code;
        return true;
      case Kind.status:
        this.status = code;
        return slot.lastAbsent || this.putLabel(batch, slot, bytes, from, to, row);
      default:
        return false;
    }
  }

  private labelKinds(batch: ColumnBatch, row: number): boolean {
    const { words } = this.bound as Bound;
    return (
      this.labelKind(batch, this.typeSlot, this.type, words, row) &&
      this.labelKind(batch, this.subtypeSlot, this.subtype, words, row)
    );
  }

  private labelKind(
    batch: ColumnBatch,
    slot: KeySlot | undefined,
    code: number,
    { bytes, offsets }: ByteDictionary,
    row: number,
  ): boolean {
    if (slot === undefined || code === 0) return true;
    const from = offsets[code - 1] as number;
    const to = offsets[code] as number;
    return isAbsent(bytes, from, to) || this.putLabel(batch, slot, bytes, from, to, row);
  }

  /** Category, type and outcome by classify.ts, asked once for each combination of what it looks at. */
  private classify(bound: Bound, row: number): boolean {
    const action = bound.action.codes[row] as number;
    const level = bound.level.codes[row] as number;
    const { type, subtype, status, hostname, dhcpMessage } = this;
    const rare = status !== 0 || hostname !== 0 || dhcpMessage !== 0;
    const few = !rare && type < 32 && subtype < 64 && action < 256 && level < 64;
    const key = few
      ? type | (subtype << 5) | (action << 11) | (level << 19)
      : [type, subtype, action, level, status, hostname, dhcpMessage].join();
    let cells = bound.classes.get(key);
    if (cells === undefined && !bound.classes.has(key)) {
      cells = this.classifyOnce(bound, action, level);
      bound.classes.set(key, cells);
    }
    if (cells === undefined) return false;
    writeCells(cells, row);
    return true;
  }

  private classifyOnce(bound: Bound, action: number, level: number): CellWrites | undefined {
    const word = (code: number) => (code === 0 ? '' : bound.words.text(code));
    const given = {
      'event.action': action === 0 ? undefined : bound.action.dictionary.text(action),
      'log.level': level === 0 ? undefined : bound.level.dictionary.text(level),
    };
    return cellsOf(bound.batch, given, (draft) =>
      classify(draft, {
        type: word(this.type),
        subtype: word(this.subtype),
        status: word(this.status),
        hostname: word(this.hostname),
        dhcpMessage: word(this.dhcpMessage),
      }),
    );
  }

  private setTime(bound: Bound, row: number, context: ParseContext): boolean {
    const { eventtime } = this;
    const micros = eventtime === NO_TIME ? this.readWritten(bound, context) : this.believed(eventtime, context);
    if (micros === undefined) return false;
    bound.timestamp.values[row] = micros;
    const duration = bound.duration.values[row] as number;
    if (Number.isNaN(duration) || bound.eventType.codes[row] === bound.startType) return true;
    bound.eventEnd.values[row] = micros;
    bound.eventStart.values[row] = micros - Math.round(duration / 1000);
    return true;
  }

  private believed(micros: Micros, context: ParseContext): Micros | undefined {
    const time = checkPlausible(micros, context.receivedAt);
    return 'micros' in time ? time.micros : undefined;
  }

  /** Records of FortiOS before 6.2, without `eventtime`. Undefined: there is something to note. */
  private readWritten(bound: Bound, context: ParseContext): Micros | undefined {
    const word = (code: number) => (code === 0 ? '' : bound.words.text(code));
    const times: Record<string, string> = { date: word(this.date), time: word(this.time) };
    if (this.tz !== 0) times.tz = word(this.tz);
    const written = readFortigateTime(times).written?.();
    if (written === undefined) return context.receivedAt;
    const time = resolveTime(written, context, this.zones);
    return 'micros' in time ? time.micros : undefined;
  }
}

/** Position of the byte that ends the pair, when the bytes at `at` are those of last time; else −1. Four at a time. */
function repeats(view: DataView, at: number, end: number, pair: DataView, length: number): number {
  if (at + length > end) return -1;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    if (view.getInt32(at + index, true) !== pair.getInt32(index, true)) return -1;
  }
  for (; index < length; index++) if (view.getUint8(at + index) !== pair.getUint8(index)) return -1;
  return at + length - 1;
}

/** Does one of the word's four bytes equal the one of which `pattern` is made? */
function holdsByte(word: number, pattern: number): boolean {
  const rest = word ^ pattern;
  return ((rest - 0x0101_0101) & ~rest & HIGH_BITS) !== 0;
}

/** Keeps key, value and the byte that ends them; longer ones seldom repeat. */
function remember(slot: KeySlot, bytes: Uint8Array, from: number, to: number, seen: number): void {
  const length = to - from;
  const { lastPair } = slot;
  slot.repeatable = length <= lastPair.length;
  if (!slot.repeatable) return;
  for (let index = 0; index < length; index++) lastPair[index] = bytes[from + index] as number;
  slot.lastLength = length;
  slot.lastSeen = seen;
}

/** Does a key by which a record is recognised stand where it is looked for? */
function isMark(bytes: Uint8Array, from: number, keyAt: number, valueAt: number): boolean {
  return valueAt - from <= HEAD && keyAt > from && bytes[keyAt - 1] === SPACE;
}

/** Position behind `key=` when it stands at `at`, else −1. */
function behindKey(bytes: Uint8Array, at: number, end: number, key: Uint8Array): number {
  const length = key.length;
  if (at + length >= end) return -1;
  for (let index = 0; index < length; index++) if (bytes[at + index] !== key[index]) return -1;
  return bytes[at + length] === EQUALS ? at + length + 1 : -1;
}

function putAddress(slot: KeySlot, bytes: Uint8Array, from: number, to: number, row: number): boolean {
  const { codes, dictionary } = slot.text as TextColumn;
  if (slot.first && codes[row] !== 0) return true;
  const code = dictionary.code(bytes, from, to);
  let canonical = slot.canonical[code];
  if (canonical === undefined) {
    if (isQuad(bytes, from, to)) canonical = code;
    else {
      const text = canonicalIp(dictionary.text(code));
      canonical = text === undefined ? 0 : dictionary.codeOfText(text);
    }
    slot.canonical[code] = canonical;
  }
  slot.lastCode = canonical;
  codes[row] = canonical;
  return canonical !== 0;
}

/** ns since FortiOS 6.2, µs, or s before, as µs. Cut as digits: 19 do not fit a double. */
function readEventtime(bytes: Uint8Array, from: number, to: number): Micros {
  const length = to - from;
  if ((length !== 19 && length !== 16 && length !== 10) || !isDigits(bytes, from, to)) return NO_TIME;
  const value = readDigits(bytes, from, Math.min(to, from + 16));
  if (value < 0) return UNSAFE_TIME;
  return length === 10 ? value * MICROS_PER_SECOND : value;
}

function isDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] as number) < 0x30 || (bytes[at] as number) > 0x39) return false;
  return true;
}

function startsWithDate(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 5 <= end &&
    bytes[at] === 0x64 &&
    bytes[at + 1] === 0x61 &&
    bytes[at + 2] === 0x74 &&
    bytes[at + 3] === 0x65 &&
    bytes[at + 4] === EQUALS
  );
}

/** As text.ts trims. */
function isTrailing(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0 || byte === SPACE;
}
