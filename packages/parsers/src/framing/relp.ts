/**
 * RELP frames (the protocol's own specification, https://www.rsyslog.com/doc/relp.html):
 * `TXNR SP COMMAND SP DATALEN [SP DATA] LF`, TXNR 1–999 999 999, COMMAND 1–32 letters, DATALEN bytes of DATA.
 */
export interface RelpFrame {
  readonly transaction: number;
  readonly command: string;
  /** At most `maxDataBytes` of what was announced. Memory of its own, or a view into the pushed chunk. */
  readonly data: Buffer;
  /** DATA was longer; the rest is thrown away. */
  readonly cut: boolean;
}

export interface RelpReader {
  /** Throws RelpError at what is no frame; nothing can be read behind it. */
  push(chunk: Buffer): void;
  /** A frame has begun. */
  readonly unfinished: boolean;
}

/** What arrived is no RELP; `message` can be told to the sender. `transaction` is that of the frame, when it was readable. */
export class RelpError extends Error {
  override readonly name = 'RelpError';
  readonly transaction: number;
  constructor(message: string, transaction = 0) {
    super(message);
    this.transaction = transaction;
  }
}

/** `999999999 ` + 32 letters + ` 999999999` and the byte behind. */
const MAX_HEADER_BYTES = 9 + 1 + 32 + 1 + 9 + 1;
/** A larger DATALEN is taken for a lie: 16 records of the largest size. */
export const MAX_RELP_DATA_BYTES = 1_048_576;
const HEADER = /^([1-9]\d{0,8}|0) ([A-Za-z]{1,32}) (\d{1,9})$/;
const LF = 0x0a;
const SPACE = 0x20;

interface OpenFrame {
  readonly transaction: number;
  readonly command: string;
  /** Bytes of DATA still to come. */
  left: number;
  readonly pieces: Buffer[];
  /** Of these, how many may still be kept. */
  room: number;
  cut: boolean;
}

/** Reads one connection. Holds at most a header and `maxDataBytes`. */
export function createRelpReader(options: {
  readonly maxDataBytes: number;
  readonly onFrame: (frame: RelpFrame) => void;
}): RelpReader {
  const { maxDataBytes, onFrame } = options;
  let header = Buffer.alloc(0);
  let frame: OpenFrame | undefined;

  /** Position behind the header that ends at or after `at`; the frame is open then. */
  function readHeader(chunk: Buffer, at: number): number {
    const window = chunk.subarray(at, at + MAX_HEADER_BYTES - header.length);
    const text = Buffer.concat([header, window]);
    const end = headerEnd(text);
    if (end < 0) {
      if (text.length >= MAX_HEADER_BYTES) throw new RelpError('a frame header is too long');
      header = text;
      return chunk.length;
    }
    const match = HEADER.exec(text.toString('latin1', 0, end));
    if (match === null) throw new RelpError('a frame header can not be read', leadingNumber(text));
    const transaction = Number(match[1]);
    const left = Number(match[3]);
    if (left > MAX_RELP_DATA_BYTES) throw new RelpError(`a frame of ${left} bytes is too long`, transaction);
    const separator = text[end];
    if (left > 0 && separator !== SPACE) throw new RelpError('there is no data behind its length', transaction);
    frame = { transaction, command: match[2] as string, left, pieces: [], room: maxDataBytes, cut: false };
    const used = end + (separator === SPACE && left > 0 ? 1 : 0) - header.length;
    header = Buffer.alloc(0);
    return at + used;
  }

  function readData(chunk: Buffer, at: number, open: OpenFrame): number {
    const here = Math.min(open.left, chunk.length - at);
    const kept = Math.min(here, open.room);
    if (kept > 0) open.pieces.push(chunk.subarray(at, at + kept));
    open.cut ||= kept < here;
    open.room -= kept;
    open.left -= here;
    return at + here;
  }

  function finish(byte: number | undefined, { transaction, command, pieces, cut }: OpenFrame): void {
    if (byte !== LF) throw new RelpError('a frame does not end where its length says', transaction);
    frame = undefined;
    const data = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    onFrame({ transaction, command, data, cut });
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (frame === undefined) at = readHeader(chunk, at);
        else if (frame.left > 0) at = readData(chunk, at, frame);
        else {
          finish(chunk[at], frame);
          at += 1;
        }
      }
    },
    get unfinished() {
      return frame !== undefined || header.length > 0;
    },
  };
}

/** Where the third word ends: at the blank or LF behind it. -1: not yet there. */
function headerEnd(text: Buffer): number {
  const second = text.indexOf(SPACE, text.indexOf(SPACE) + 1);
  if (text.indexOf(SPACE) < 0 || second < 0) {
    // A line end before the third word: what there is of it is judged now.
    return text.indexOf(LF);
  }
  const blank = text.indexOf(SPACE, second + 1);
  const line = text.indexOf(LF);
  if (blank < 0) return line;
  return line < 0 ? blank : Math.min(blank, line);
}

function leadingNumber(text: Buffer): number {
  return Number(/^\d{1,9}/.exec(text.toString('latin1', 0, 9))?.[0] ?? 0);
}

/** `0 serverclose 0` and the like; text is ASCII. */
export function encodeRelpFrame(transaction: number, command: string, data = ''): Buffer {
  const length = Buffer.byteLength(data);
  return Buffer.from(`${transaction} ${command} ${length}${length > 0 ? ` ${data}` : ''}\n`);
}
