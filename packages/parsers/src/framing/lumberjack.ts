import { createHoldBuffer } from './hold-buffer.ts';

/**
 * Lumberjack version 2, which Beats speak to Logstash. Numbers are u32 big-endian.
 *
 *   window      '2' 'W' count            how many events come before the sender waits
 *   JSON        '2' 'J' sequence length, JSON
 *   compressed  '2' 'C' length, zlib     JSON frames inside
 *   answer      '2' 'A' sequence         events up to this one are safe
 *
 * Version 1 and its data frames ('D': keys and values) are refused: there is no JSON in them that could be evidence.
 */
export interface LumberjackReader {
  /**
   * Reads from `at` on; gives the position it came to: the chunk's end, or right behind the header of a compressed frame.
   * Throws LumberjackError, behind which nothing can be read.
   */
  read(chunk: Buffer, at: number): number;
  /** Bytes of the compressed frame that begins at the position `read` gave; 0 when none does. Reading it resets this. */
  takeCompressed(): number;
  /** A frame has begun. */
  readonly unfinished: boolean;
}

export interface LumberjackEvents {
  readonly onWindow: (count: number) => void;
  /** `cut`: longer than `maxEventBytes`, the rest thrown away. `json` is memory that is never written again. */
  readonly onEvent: (sequence: number, json: Buffer, cut: boolean) => void;
}

/** `message` says what was wrong; `counter` is what it is counted as. */
export class LumberjackError extends Error {
  override readonly name = 'LumberjackError';
  readonly counter: 'bad_beats' | 'beats_bomb';
  constructor(message: string, counter: 'bad_beats' | 'beats_bomb' = 'bad_beats') {
    super(message);
    this.counter = counter;
  }
}

/** Larger lengths are taken for a lie. What is over the record limit is read and thrown away, so this costs no memory. */
export const MAX_EVENT_BYTES = 16 * 1024 * 1024;
export const MAX_COMPRESSED_BYTES = 64 * 1024 * 1024;
const VERSION_2 = 0x32;
const WINDOW = 0x57;
const JSON_FRAME = 0x4a;
const COMPRESSED = 0x43;
const DATA_FRAME = 0x44;
const HEADER_BYTES: Readonly<Record<number, number>> = { [WINDOW]: 6, [JSON_FRAME]: 10, [COMPRESSED]: 6 };

/** `nested`: what a compressed frame holds, which may be JSON frames only. */
export function createLumberjackReader(
  options: LumberjackEvents & { readonly maxEventBytes: number; readonly nested?: boolean },
): LumberjackReader {
  const { maxEventBytes, nested = false, onWindow, onEvent } = options;
  let header = Buffer.alloc(0);
  const held = createHoldBuffer();
  let event: { readonly sequence: number; left: number; room: number; cut: boolean } | undefined;
  let compressed = 0;

  function readHeader(chunk: Buffer, at: number): number {
    const known = header.length;
    const text =
      known === 0 ? chunk.subarray(at, at + 10) : Buffer.concat([header, chunk.subarray(at, at + 10 - known)]);
    const length = checkedHeaderLength(text, nested);
    if (length === undefined || text.length < length) {
      header = Buffer.from(text);
      return chunk.length;
    }
    header = Buffer.alloc(0);
    const type = text[1];
    const number = text.readUInt32BE(2);
    if (type === WINDOW) onWindow(number);
    else if (type === COMPRESSED) compressed = checkedLength(number, MAX_COMPRESSED_BYTES, 'compressed frame');
    else {
      const left = checkedLength(text.readUInt32BE(6), MAX_EVENT_BYTES, 'event', 0);
      event = { sequence: number, left, room: maxEventBytes, cut: false };
      if (left === 0) finish(Buffer.alloc(0));
    }
    return at + length - known;
  }

  function readEvent(chunk: Buffer, at: number): number {
    const open = event as NonNullable<typeof event>;
    const here = Math.min(open.left, chunk.length - at);
    const kept = chunk.subarray(at, at + Math.min(here, open.room));
    open.left -= here;
    open.room -= kept.length;
    open.cut ||= kept.length < here;
    if (open.left > 0) held.append(kept);
    else finish(held.length === 0 ? kept : held.takeWith(kept));
    return at + here;
  }

  function finish(json: Buffer): void {
    const { sequence, cut } = event as NonNullable<typeof event>;
    event = undefined;
    onEvent(sequence, json, cut);
  }

  return {
    read(chunk, from) {
      let at = from;
      while (at < chunk.length && compressed === 0) {
        at = event === undefined ? readHeader(chunk, at) : readEvent(chunk, at);
      }
      return at;
    },
    takeCompressed() {
      const length = compressed;
      compressed = 0;
      return length;
    },
    get unfinished() {
      return event !== undefined || header.length > 0 || compressed > 0;
    },
  };
}

/** Undefined while there are too few bytes to tell. */
function checkedHeaderLength(text: Buffer, nested: boolean): number | undefined {
  const [version, type] = text;
  if (version !== undefined && version !== VERSION_2) {
    throw new LumberjackError(
      version === 0x31 ? 'version 1 of the protocol is not spoken here' : `no lumberjack frame begins with ${version}`,
    );
  }
  if (type === undefined) return undefined;
  if (type === DATA_FRAME) throw new LumberjackError('data frames are not taken, only JSON');
  const length = HEADER_BYTES[type];
  if (length === undefined) throw new LumberjackError(`there is no frame type ${type}`);
  if (nested && type !== JSON_FRAME) throw new LumberjackError('a compressed frame may hold JSON frames only');
  return length;
}

function checkedLength(length: number, most: number, what: string, least = 1): number {
  if (length < least || length > most) throw new LumberjackError(`a ${what} of ${length} bytes`);
  return length;
}

export function encodeLumberjackAnswer(sequence: number): Buffer {
  const answer = Buffer.allocUnsafe(6);
  answer.write('2A', 'latin1');
  answer.writeUInt32BE(sequence, 2);
  return answer;
}
