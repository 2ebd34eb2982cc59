import {
  findCountedStart,
  holdsLaterFrames,
  isFrameBoundary,
  LONGEST_COUNT_HEADER,
  readFrameStart,
} from './frame-start.ts';
import { createHoldBuffer } from './hold-buffer.ts';
import { countOddBytes, type FramingFlags, type FramingOptions, isCleanText } from './record-sink.ts';

export interface FrameSplitterOptions extends FramingOptions {
  /**
   * One record. `bytes` is a view into the pushed chunk or into memory of the splitter that is never written again:
   * keep it as long as you like unless you reuse the chunk's memory. Never empty.
   */
  readonly onRecord: (bytes: Buffer, flags: FramingFlags) => void;
}

/** Splits one TCP or TLS connection into syslog records. */
export interface FrameSplitter {
  push(chunk: Buffer): void;
  /** The connection has ended: a partial record is emitted with flag `i`. Call once, also after a reset. */
  end(): void;
  /** Bytes of the unfinished frame in memory: at most the record limit, a frame header and one chunk. */
  readonly heldBytes: number;
}

/**
 * RFC 6587: octet counting (§3.4.1) and lines ending in LF (§3.4.2), told apart at each frame.
 *
 * - A line's end is LF or CR LF and is no part of the record. All bytes of a counted frame are; a line end sent after
 *   a counted frame is skipped.
 * - A count is believed when PRI follows it, or when its frame ends where another begins. Line ends inside are then
 *   content, so that nobody can forge a record by getting a line end logged.
 * - A count that proves false is counted `bad_octet_count` and its frame is read again as a line, which ends at LF or
 *   where `digits SP <PRI>` begins: records after the lie are not lost.
 */
export function createFrameSplitter(options: FrameSplitterOptions): FrameSplitter {
  const { maxRecordBytes, onRecord, onCounter } = options;
  const held = createHoldBuffer();
  /** Rest of a cut frame still to come: bytes of a counted one, or everything up to the line's end. */
  let discardBytes = 0;
  let discardLine = false;
  /** The frame before this position was a counted one, so a frame has to begin here. */
  let afterCounted = false;
  /** A count has lied: the current line also ends where a counted frame begins. */
  let resync = false;
  /** When to look at held bytes again: at this many, or when one of the marks below has come. */
  let retryAt = 0;
  let retryOnLineEnd = false;
  let clean = true;
  let final = false;

  function emit(data: Buffer, from: number, to: number, incomplete: boolean): void {
    const cut = to - from > maxRecordBytes;
    const record = data.subarray(from, cut ? from + maxRecordBytes : to);
    if (cut) onCounter('truncated');
    if (incomplete) onCounter('unterminated');
    if (!clean) countOddBytes(record, cut || incomplete, onCounter);
    onRecord(record, cut ? (incomplete ? 'it' : 't') : incomplete ? 'i' : '');
  }

  function wait(at: number, bytes: number, orLineEnd: boolean): number {
    retryAt = bytes;
    retryOnLineEnd = orLineEnd;
    return at;
  }

  /** Reads a line at `at`. Like all readers below, gives the position after it, or `at` when more bytes are needed. */
  function readLine(data: Buffer, at: number): number {
    const lineEnd = data.indexOf(0x0a, at);
    const counted = resync ? findCountedStart(data, at + 1, lineEnd < 0 ? data.length : lineEnd) : -1;
    if (counted > 0) {
      emit(data, at, counted, false);
      resync = false;
      return counted;
    }
    if (lineEnd < 0) {
      // Two more than the limit: CR LF may follow a record of exactly the limit.
      if (data.length - at >= maxRecordBytes + 2) {
        emit(data, at, data.length, false);
        discardLine = true;
        return at + maxRecordBytes;
      }
      if (!final) return wait(at, maxRecordBytes + 2, true);
      emit(data, at, data.length, true);
      return data.length;
    }
    const end = lineEnd > at && data[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    if (end === at) onCounter('empty');
    else emit(data, at, end, false);
    resync = false;
    afterCounted = false;
    return lineEnd + 1;
  }

  /** The count before `bodyAt` is false: its frame is read as a line, without the count. */
  function readFalselyCounted(data: Buffer, bodyAt: number): number {
    onCounter('bad_octet_count');
    resync = true;
    afterCounted = false;
    return readLine(data, bodyAt);
  }

  function readCounted(data: Buffer, at: number, bodyAt: number, length: number, sure: boolean): number {
    const end = bodyAt + length;
    const needed = bodyAt + Math.min(length, maxRecordBytes);
    if (!sure && !afterCounted) {
      // `10 packets dropped`: a count only if no line end comes before its end and a frame can begin there.
      const lineEnd = data.indexOf(0x0a, bodyAt);
      if (lineEnd >= 0 && lineEnd < end) return readLine(data, at);
      if (data.length < needed) return final ? readLine(data, at) : wait(at, needed - at, true);
      const boundary = end > data.length ? false : isFrameBoundary(data, end, false);
      if (boundary === undefined && !final) return wait(at, 0, false);
      if (boundary === false) return readLine(data, at);
    }
    if (data.length < needed) {
      if (!final) return wait(at, needed - at, false);
      if (holdsLaterFrames(data, bodyAt, data.length)) return readFalselyCounted(data, bodyAt);
      emit(data, bodyAt, data.length, true);
      return data.length;
    }
    const boundary = isFrameBoundary(data, end, sure);
    const swallowed = length > maxRecordBytes && holdsLaterFrames(data, bodyAt, needed);
    if (swallowed || boundary === false) return readFalselyCounted(data, bodyAt);
    // Nothing follows yet to prove the count. A frame that looks like several waits for it, all others don't.
    if (boundary === undefined && !final && length <= maxRecordBytes && holdsLaterFrames(data, bodyAt, end)) {
      return wait(at, data.length - at + 1, false);
    }
    emitCounted(data, bodyAt, end);
    afterCounted = true;
    discardBytes = Math.max(0, end - data.length);
    return Math.min(end, data.length);
  }

  function emitCounted(data: Buffer, from: number, end: number): void {
    const contentEnd = withoutLineEnds(data, from, Math.min(end, data.length));
    if (contentEnd === from) onCounter('empty');
    // `end` may lie beyond the data when the frame is cut: emit needs to see that it is longer than the limit.
    else emit(data, from, end, false);
  }

  function readFrame(data: Buffer, at: number): number {
    if (afterCounted) {
      const boundary = isFrameBoundary(data, at, false);
      if (boundary === undefined && !final) return wait(at, 0, false);
      if (boundary === false) {
        onCounter('bad_octet_count');
        resync = true;
        afterCounted = false;
        return readLine(data, at);
      }
      if (data[at] === 0x0a) return at + 1;
      if (data[at] === 0x0d) return Math.min(at + 2, data.length);
    }
    if (resync) return readLine(data, at);
    const start = readFrameStart(data, at);
    if (start.kind === 'counted') return readCounted(data, at, start.bodyAt, start.length, start.sure);
    if (start.kind === 'bad') return readFalselyCounted(data, start.bodyAt);
    if (start.kind === 'more' && !final) return wait(at, 0, false);
    return readLine(data, at);
  }

  /** Throws away the rest of a cut line. In a counted stream that has lied, it ends where a counted frame begins. */
  function skipLine(data: Buffer, at: number): number {
    const lineEnd = data.indexOf(0x0a, at);
    const counted = resync ? findCountedStart(data, at, lineEnd < 0 ? data.length : lineEnd) : -1;
    if (counted < 0 && lineEnd < 0) {
      if (!resync || final) return data.length;
      // The end may be the first half of a frame's start.
      wait(at, 0, false);
      return Math.max(at, data.length - LONGEST_COUNT_HEADER);
    }
    discardLine = false;
    resync = false;
    return counted >= 0 ? counted : lineEnd + 1;
  }

  function split(data: Buffer): number {
    clean = isCleanText(data);
    retryAt = 0;
    retryOnLineEnd = false;
    let at = 0;
    while (at < data.length) {
      let next: number;
      if (discardBytes > 0) {
        next = Math.min(at + discardBytes, data.length);
        discardBytes -= next - at;
      } else next = discardLine ? skipLine(data, at) : readFrame(data, at);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  function canContinue(chunk: Buffer): boolean {
    if (held.length + chunk.length >= retryAt) return true;
    return (retryOnLineEnd && chunk.includes(0x0a)) || (resync && chunk.includes(0x3e));
  }

  return {
    get heldBytes() {
      return held.length;
    },
    push(chunk) {
      if (held.length > 0 && !canContinue(chunk)) {
        held.append(chunk);
        return;
      }
      const data = held.length > 0 ? held.takeWith(chunk) : chunk;
      const done = split(data);
      if (done < data.length) held.append(data.subarray(done));
    },
    end() {
      final = true;
      split(held.takeWith(Buffer.alloc(0)));
    },
  };
}

function withoutLineEnds(data: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from && (data[end - 1] === 0x0a || data[end - 1] === 0x0d)) end--;
  return end;
}
