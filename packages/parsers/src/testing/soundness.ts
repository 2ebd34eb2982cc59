import { isUtf8 } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import { ecsEventSchema, type FlatEvent, toEcs } from '@logmaster/core/event/event';
import { type ColumnParser, createColumnParser } from '../column-parser.ts';
import type { ParseContext } from '../contracts.ts';
import { createRecordParser } from '../record-parser.ts';
import { decodeText } from '../text.ts';

/** As event/draft.ts bounds them. */
const MAX_LABELS = 128;
/** 16 errors, each a field and a short reason. */
const MAX_ERRORS_LENGTH = 4096;
/** Rows of a batch, so that what one record leaves behind can meet the next one. */
const BATCH_ROWS = 64;
/** Device clocks are believed so far ahead (time/device-time.ts), µs. */
const MAX_AHEAD = 26 * 3600e6;

/** What is wrong with an event, whatever the bytes were; undefined for nothing. */
export function unsoundness(raw: Uint8Array, event: FlatEvent, { receivedAt }: ParseContext): string | undefined {
  const status = event['logmaster.parse.status'];
  if (status !== 'ok' && status !== 'partial' && status !== 'raw')
    return `status ${status}: ${event['logmaster.parse.errors']}`;
  if (event['event.original'] !== decodeText(raw)) return 'event.original is not the record';
  if (typeof event.message !== 'string') return 'there is no message';
  const at = event['@timestamp'];
  if (!Number.isSafeInteger(at) || (at as number) > receivedAt + MAX_AHEAD) return `@timestamp is ${at}`;
  const errors = event['logmaster.parse.errors'];
  if ((errors?.length ?? 0) > MAX_ERRORS_LENGTH) return `errors of ${errors?.length} characters`;
  if ((errors !== undefined) !== (status === 'partial') && status !== 'raw') return `${status} with errors: ${errors}`;
  const labels = event.labels ?? {};
  if (Object.keys(labels).length > MAX_LABELS) return `${Object.keys(labels).length} labels`;
  if (Object.getPrototypeOf(labels) !== Object.prototype) return 'the labels are no plain object';
  const { error } = ecsEventSchema.safeParse(toEcs(event));
  return error === undefined ? undefined : `no ECS event: ${error.message}`;
}

/** Without what has no value, and with U+FFFD where a text was cut inside a character: columns hold UTF-8. */
function asStored(event: FlatEvent): Record<string, unknown> {
  const plain = (value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
  const stored = (all: object) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) =>
        value === undefined ? [] : [[name.toWellFormed(), plain(value)]],
      ),
    );
  const { labels, ...fields } = event;
  return { ...stored(fields), ...(labels === undefined ? {} : { labels: stored(labels) }) };
}

/** Parses a record both ways: as an event, and into columns. */
export class BothWays {
  readonly #events = createRecordParser();
  readonly #columns: ColumnParser = createColumnParser();
  readonly #batch = new ColumnBatch();

  /** What is wrong; undefined for nothing. Throws what a parser throws. */
  check(raw: Buffer, context: ParseContext): string | undefined {
    const event = this.#events.parse(raw, context);
    const fault = unsoundness(raw, event, context);
    if (fault !== undefined) return fault;
    const batch = this.#batch;
    if (batch.rows === BATCH_ROWS) batch.clear();
    const row = batch.rows;
    this.#columns.parse(batch, raw, 0, raw.length, context);
    batch.endRow();
    const { sources, from, to } = batch.original;
    const kept = sources[row]?.subarray(from[row], to[row]);
    if (isUtf8(raw) && (kept === undefined || !raw.equals(kept))) return 'the column of raw texts has other bytes';
    return isDeepStrictEqual(asStored(readEvent(batch, row)), asStored(event))
      ? undefined
      : 'the columns say something else than the event';
  }
}
