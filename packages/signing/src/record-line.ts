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
