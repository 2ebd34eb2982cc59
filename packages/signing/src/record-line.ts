import { AppError } from '@logmaster/core/errors';
import { parseRecordId, type RawRecord, RECORD_FLAGS, TRANSPORTS, type Transport } from '@logmaster/core/record';
import { microsToRfc3339, rfc3339ToMicros } from '@logmaster/core/time';
import { escapedLength, escapeInto, unescapeBytes } from './escape.ts';

/**
 * One record as a line of records.log (docs/formats/evidence.md § Record line), without its LF:
 *
 *   record id TAB received-at (RFC 3339, µs, UTC) TAB address:port TAB transport TAB flags TAB raw
 *
 * IPv6 addresses stand in brackets, `-` stands for no flags, and LF, TAB, CR, NUL and backslash inside the raw bytes
 * are written `\n \t \r \0 \\`; every other byte stands as it came, valid UTF-8 or not.
 */

/** Longest line that a record can make: 64 KiB of raw bytes, each escaped, behind the longest header. */
export const MAX_LINE_BYTES = 2 * 65_536 + 512;

const TAB = 0x09;
const FLAG_LETTERS: ReadonlySet<string> = new Set(Object.values(RECORD_FLAGS));
const KNOWN_TRANSPORTS: ReadonlySet<string> = new Set(TRANSPORTS);

/** The line of a record, without LF. The buffer is the caller's own. */
export function encodeRecordLine(record: RawRecord): Buffer {
  const address = record.sourceAddress.includes(':') ? `[${record.sourceAddress}]` : record.sourceAddress;
  const head = `${record.id}\t${cachedRfc3339(record.receivedAt)}\t${address}:${record.sourcePort}\t${record.transport}\t${record.flags || '-'}\t`;
  const raw = record.raw;
  const line = Buffer.allocUnsafe(head.length + escapedLength(raw));
  line.write(head, 0, 'latin1');
  escapeInto(raw, line, head.length);
  return line;
}

export interface RecordSource {
  readonly address: string;
  readonly port: number;
  readonly transport: Transport;
}

/** A record whose raw bytes are bytes[from, to), as it stands in a journal block. */
export interface RecordView {
  /** `<node>.<worker>.<journal>.` */
  readonly idPrefix: string;
  readonly sequence: number;
  readonly receivedAt: number;
  readonly source: RecordSource;
  readonly flags: string;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** False when no raw byte is to be escaped (`EscapeScan`). */
  readonly escapes: boolean;
}

/** Writes lines like `encodeRecordLine` into a buffer, without a string or a buffer for each. */
export class RecordLineWriter {
  #idPrefix = '';
  #idBytes = Buffer.alloc(0);
  #second = Number.NaN;
  #time = Buffer.alloc(0);
  #source: RecordSource | undefined;
  #flags = '';
  #tail = Buffer.alloc(0);

  /** Bytes that the line of this record takes at most. */
  static room(record: RecordView): number {
    return 512 + 2 * (record.to - record.from);
  }

  /** Writes the line, without LF, at `at`, where there is `room`; returns where it ends. */
  write(target: Buffer, at: number, record: RecordView): number {
    if (record.idPrefix !== this.#idPrefix) {
      this.#idPrefix = record.idPrefix;
      this.#idBytes = Buffer.from(record.idPrefix, 'latin1');
    }
    if (record.source !== this.#source || record.flags !== this.#flags) this.#useSource(record);
    let end = writeBytes(target, at, this.#idBytes);
    end = writeDigits(target, end, record.sequence, digitsOf(record.sequence));
    target[end++] = TAB;
    const second = Math.floor(record.receivedAt / 1_000_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#time = Buffer.from(microsToRfc3339(second * 1_000_000).slice(0, 20), 'latin1');
    }
    end = writeBytes(target, end, this.#time);
    end = writeDigits(target, end, record.receivedAt - second * 1_000_000, 6);
    target[end++] = 0x5a;
    end = writeBytes(target, end, this.#tail);
    if (!record.escapes) return end + record.bytes.copy(target, end, record.from, record.to);
    const raw = record.bytes.subarray(record.from, record.to);
    const length = escapedLength(raw);
    escapeInto(raw, target.subarray(0, end + length), end);
    return end + length;
  }

  #useSource({ source, flags }: RecordView): void {
    this.#source = source;
    this.#flags = flags;
    const address = source.address.includes(':') ? `[${source.address}]` : source.address;
    this.#tail = Buffer.from(`\t${address}:${source.port}\t${source.transport}\t${flags || '-'}\t`, 'latin1');
  }
}

function writeBytes(target: Buffer, at: number, bytes: Buffer): number {
  const { length } = bytes;
  for (let index = 0; index < length; index++) target[at + index] = bytes[index] as number;
  return at + length;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; value >= power; power *= 10) digits++;
  return digits;
}

function writeDigits(target: Buffer, at: number, value: number, digits: number): number {
  let rest = value;
  for (let place = at + digits - 1; place >= at; place--) {
    const above = Math.floor(rest / 10);
    target[place] = 0x30 + rest - above * 10;
    rest = above;
  }
  return at + digits;
}

/** The record of a line. Throws INVALID_INPUT naming the part that is not as the format says. */
export function decodeRecordLine(line: Buffer): RawRecord {
  const tabs: number[] = [];
  for (let at = line.indexOf(TAB); at !== -1 && tabs.length < 5; at = line.indexOf(TAB, at + 1)) tabs.push(at);
  const last = tabs[4];
  if (last === undefined) throw invalid('it has fewer than six parts');
  const [id, received, source, transport, flags] = line.toString('latin1', 0, last).split('\t') as [
    string,
    string,
    string,
    string,
    string,
  ];
  if (!parseRecordId(id)) throw invalid('its record id');
  const receivedAt = rfc3339ToMicros(received);
  if (!(microsToRfc3339OrEmpty(receivedAt) === received)) throw invalid('its received-at');
  const [sourceAddress, sourcePort] = parseSource(source);
  if (!KNOWN_TRANSPORTS.has(transport)) throw invalid('its transport');
  return {
    id,
    receivedAt,
    sourceAddress,
    sourcePort,
    transport: transport as Transport,
    flags: parseFlags(flags),
    raw: unescapeBytes(line.subarray(last + 1)),
  };
}

function parseSource(text: string): [address: string, port: number] {
  const match = /^(?:\[([0-9a-f:.%A-Z]{2,60})\]|([^:[\]\s]{1,60})):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535 || String(port) !== match[3]) throw invalid('its source');
  return [(match[1] ?? match[2]) as string, port];
}

function parseFlags(text: string): string {
  if (text === '-') return '';
  for (let i = 0; i < text.length; i++) {
    const inOrder = i === 0 || (text[i - 1] as string) < (text[i] as string);
    if (!inOrder || !FLAG_LETTERS.has(text[i] as string)) throw invalid('its flags');
  }
  if (text === '') throw invalid('its flags');
  return text;
}

function invalid(what: string): AppError {
  return new AppError('INVALID_INPUT', { detail: `not a record line: ${what}` });
}

function microsToRfc3339OrEmpty(micros: number): string {
  return Number.isFinite(micros) ? cachedRfc3339(micros) : '';
}

// Records arrive many a second, and making an ISO date costs more than everything else here: keep the last second's.
let cachedSecond = Number.NaN;
let cachedPrefix = '';

function cachedRfc3339(micros: number): string {
  const second = Math.floor(micros / 1_000_000);
  if (second !== cachedSecond) {
    cachedPrefix = microsToRfc3339(second * 1_000_000).slice(0, 20);
    cachedSecond = second;
  }
  return `${cachedPrefix}${String(micros - second * 1_000_000).padStart(6, '0')}Z`;
}
