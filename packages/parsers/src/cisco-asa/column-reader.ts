import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { HeaderColumns } from '../columns/header-columns.ts';
import { PerBatch } from '../columns/per-batch.ts';
import { type CellWrites, cellsOf, writeCells } from '../columns/setter-memo.ts';
import type { ParseContext } from '../contracts.ts';
import type { HeaderPlaces } from '../syslog/header-places.ts';
import type { ZoneClock } from '../time/zone.ts';
import { AsaColumns } from './columns/asa-columns.ts';
import { type ColumnMessageReader, readBuilt, readIcmp, readTeardown } from './columns/connections.ts';
import { Cursor } from './columns/cursor.ts';
import { readAccessList, readDenyByList, readInboundTcp, readInboundUdp, readNoConnection } from './columns/denies.ts';
import { readTranslation } from './columns/translations.ts';
import { matchMark, setMark } from './parser.ts';

/** The ids that are most of what a firewall sends, in the wordings it has for them. */
const READERS: ReadonlyMap<string, ColumnMessageReader> = new Map<string, ColumnMessageReader>([
  ['302013', readBuilt],
  ['302014', readTeardown],
  ['302015', readBuilt],
  ['302016', readTeardown],
  ['302020', readIcmp],
  ['302021', readIcmp],
  ...['305009', '305010', '305011', '305012'].map((id) => [id, readTranslation] as const),
  ['106001', readInboundTcp],
  ['106006', readInboundUdp],
  ['106007', readInboundUdp],
  ['106015', readNoConnection],
  ['106023', readDenyByList],
  ['106100', readAccessList],
]);

/** What every record has besides. */
const CONSTANTS = {
  'event.kind': 'event',
  'logmaster.parser': 'cisco_asa',
  'logmaster.parse.status': 'ok',
} as const;

/** `%ASA-session-6-302013: ` at its longest. */
const MAX_MARK = 48;
/** Different marks of one batch: a sender may make them up. */
const MAX_MARKS = 1024;

interface Mark {
  readonly cells: CellWrites;
  readonly read: ColumnMessageReader;
}

interface BatchParts {
  readonly header: HeaderColumns;
  readonly columns: AsaColumns;
  /** By the code of the mark's bytes; undefined for those that have no reader here. */
  readonly marks: (Mark | undefined)[];
  readonly markTexts: ByteDictionary;
}

/**
 * Records of Cisco ASA and FTD from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for
 * every record that is not a plain one: another wording, IPv6, names for addresses. It may have written cells then, which
 * the caller takes back.
 */
export class AsaColumnReader {
  private readonly parts: PerBatch<BatchParts>;
  private readonly cursor = new Cursor();

  constructor(zones: ZoneClock) {
    this.parts = new PerBatch((batch) => ({
      header: new HeaderColumns(batch, zones),
      columns: new AsaColumns(batch),
      marks: [],
      markTexts: new ByteDictionary(),
    }));
  }

  /** Does the message begin with an ASA's mark? */
  accepts(bytes: Uint8Array, messageAt: number, end: number): boolean {
    if (messageAt + 12 > end || bytes[messageAt] !== 0x25) return false;
    const [a, b, c, hyphen] = [bytes[messageAt + 1], bytes[messageAt + 2], bytes[messageAt + 3], bytes[messageAt + 4]];
    if (hyphen !== 0x2d) return false;
    return (a === 0x41 && b === 0x53 && c === 0x41) || (a === 0x46 && b === 0x54 && c === 0x44);
  }

  /** The ASCII record in bytes[from, to), whose text ends at `end`, into the row in the making. */
  read(
    batch: ColumnBatch,
    bytes: Uint8Array,
    from: number,
    end: number,
    to: number,
    places: HeaderPlaces,
    context: ParseContext,
  ): boolean {
    const { messageAt } = places;
    const parts = this.parts.of(batch);
    const markEnd = endOfMark(bytes, messageAt, end);
    const mark = markEnd < 0 ? undefined : markOf(batch, parts, bytes, messageAt, markEnd);
    if (mark === undefined || !parts.header.write(bytes, from, to, places, context)) return false;
    writeCells(mark.cells, batch.rows);
    this.cursor.take(bytes, markEnd, end);
    if (!mark.read(this.cursor, parts.columns)) return false;
    parts.header.writeMessage(bytes, from, to, messageAt, end);
    return true;
  }
}

/** Position behind `: `; −1 where there is none near. */
function endOfMark(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + MAX_MARK);
  for (let cursor = at; cursor + 1 < limit; cursor++) {
    if (bytes[cursor] === 0x3a) return bytes[cursor + 1] === 0x20 ? cursor + 2 : -1;
  }
  return -1;
}

function markOf(
  batch: ColumnBatch,
  { marks, markTexts }: BatchParts,
  bytes: Uint8Array,
  from: number,
  to: number,
): Mark | undefined {
  if (markTexts.size >= MAX_MARKS) {
    markTexts.clear();
    marks.length = 0;
  }
  const code = markTexts.code(bytes, from, to);
  if (!(code in marks)) marks[code] = newMark(batch, markTexts.text(code));
  return marks[code];
}

function newMark(batch: ColumnBatch, text: string): Mark | undefined {
  const match = matchMark(text, 0);
  const read = match?.index === 0 && match[0].length === text.length ? READERS.get(match[3] as string) : undefined;
  if (match === null || read === undefined) return undefined;
  const cells = cellsOf(batch, {}, (draft) => {
    setMark(draft, match);
    Object.assign(draft.event, CONSTANTS);
  });
  return cells && { cells, read };
}
