import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import {
  createLumberjackReader,
  encodeLumberjackAnswer,
  LumberjackError,
  type LumberjackReader,
} from '@logmaster/parsers/framing/lumberjack';
import { countOddBytes, isCleanText } from '@logmaster/parsers/framing/record-sink';
import type { Receiver } from '../receiver.ts';
import { Acknowledgements } from '../stream/acknowledgements.ts';
import { Inflater } from './inflater.ts';
import type { Peer, Session } from './session.ts';

/** Of one compressed frame: 2048 events, the window of Filebeat, of 32 KiB each. */
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** A sender that waits hears something at least this often: Beats take silence for a dead connection (30 s by default). */
const SIGN_OF_LIFE_MS = 5000;

interface Progress {
  readonly sequence: number;
  /** The last event of its window: the sender waits for exactly this answer. */
  readonly last: boolean;
}

/**
 * Beats (lumberjack v2). A record is the event's JSON as it came. Events are acknowledged when the commit that covers
 * them has returned, large windows in parts. What is not lumberjack ends the connection: the protocol has no refusal.
 */
export function beatsSession(peer: Peer, receiver: Receiver): Session {
  const answers = new Acknowledgements<Progress>(receiver);
  const events = { maxEventBytes: MAX_RECORD_BYTES, onWindow, onEvent };
  const outer = createLumberjackReader(events);
  /** The compressed frame that is being read. */
  let packed: { readonly inflater: Inflater; readonly inner: LumberjackReader; left: number } | undefined;
  let over = false;
  /** Events that are still to come in this window. */
  let left = 0;
  let sequence: number | undefined;
  /** Newest event that no answer has been asked for yet. */
  let unasked: number | undefined;
  let answered = 0;
  let answeredAt = performance.now();

  function onWindow(count: number): void {
    if (left > 0) throw new LumberjackError(`a new window while ${left} events of the last one are missing`);
    left = count;
    sequence = undefined;
    // An empty window is a question whether anybody is there.
    if (count === 0) answer(0);
  }

  function onEvent(number: number, json: Buffer, cut: boolean): void {
    if (left === 0) throw new LumberjackError('an event outside of a window');
    if (sequence !== undefined && number !== sequence + 1)
      throw new LumberjackError(`event ${sequence + 1} was to come, not ${number}`);
    sequence = number;
    left -= 1;
    if (json.length === 0) receiver.counters.note('empty');
    else {
      if (cut) receiver.counters.note('truncated');
      if (!isCleanText(json)) countOddBytes(json, cut, receiver.framing.onCounter);
      receiver.take(peer.source, json, cut ? 't' : '');
    }
    unasked = number;
    if (left === 0) ask(true);
  }

  function ask(last: boolean): void {
    if (unasked !== undefined) answers.add({ sequence: unasked, last });
    unasked = undefined;
  }

  function answer(number: number): void {
    answered = number;
    answeredAt = performance.now();
    peer.write(encodeLumberjackAnswer(number));
  }

  function settle(): void {
    if (over) return;
    const due = answers.take();
    for (const [index, { sequence: number, last }] of due.entries()) {
      // Of several parts of one window the newest says it all.
      if (last || index === due.length - 1) answer(number);
      if (last) answered = 0;
    }
    if (answers.count > 0 && performance.now() - answeredAt > SIGN_OF_LIFE_MS) answer(answered);
  }

  /** Reads up to a compressed frame, or to the end. */
  function readPlain(chunk: Buffer, from: number): number {
    const at = outer.read(chunk, from);
    const length = outer.takeCompressed();
    if (length > 0) {
      const inner = createLumberjackReader({ ...events, nested: true });
      const inflater = new Inflater(MAX_INFLATED_BYTES, (bytes) => void inner.read(bytes, 0));
      packed = { inflater, inner, left: length };
    }
    return at;
  }

  async function readPacked(chunk: Buffer, at: number): Promise<number> {
    const frame = packed as NonNullable<typeof packed>;
    const part = chunk.subarray(at, at + frame.left);
    frame.left -= part.length;
    await frame.inflater.write(part);
    if (frame.left === 0) {
      await frame.inflater.finish();
      if (frame.inner.unfinished) throw new LumberjackError('a compressed frame ends in the middle of an event');
      packed = undefined;
    }
    return at + part.length;
  }

  async function readRest(chunk: Buffer, from: number): Promise<undefined> {
    try {
      let at = from;
      while (at < chunk.length && !over) at = packed === undefined ? readPlain(chunk, at) : await readPacked(chunk, at);
    } catch (error) {
      refuse(error);
    }
    done();
  }

  function done(): void {
    ask(false);
    settle();
  }

  function refuse(error: unknown): void {
    if (!(error instanceof LumberjackError)) throw error;
    over = true;
    receiver.counters.note(error.counter);
    peer.refused(error.message);
    peer.close();
  }

  return {
    push(chunk) {
      if (over) return undefined;
      let at = 0;
      try {
        if (packed === undefined) at = readPlain(chunk, 0);
      } catch (error) {
        refuse(error);
        return undefined;
      }
      if (at < chunk.length) return readRest(chunk, at);
      done();
      return undefined;
    },
    settle,
    get unsettled() {
      return answers.count;
    },
    get unfinished() {
      return packed !== undefined || outer.unfinished;
    },
    end() {
      // An event that was cut off, and the rest of its window, were never acknowledged: the sender sends them again.
      if (!over && (left > 0 || packed !== undefined || outer.unfinished)) receiver.counters.note('unterminated');
      over = true;
      packed?.inflater.destroy();
    },
  };
}
