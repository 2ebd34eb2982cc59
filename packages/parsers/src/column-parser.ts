import { isUtf8 } from 'node:buffer';
import { writeEvent } from '@logmaster/core/event/columns/append-event';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { ParseContext, RecordParser } from './contracts.ts';
import type { CustomParsers } from './custom/custom-parsers.ts';
import { FortigateColumnReader } from './fortigate/column-reader.ts';
import { createSourceMemory } from './source-memory.ts';
import { createZoneClock } from './time/zone.ts';

/** Parses one record from bytes into the row in the making of a batch. The meaning is the record parser's. */
export interface ColumnParser {
  /** `bytes` must not change while the batch lives: the raw text is kept as a view. Never throws. */
  parse(batch: ColumnBatch, bytes: Uint8Array, from: number, to: number, context: ParseContext): void;
}

/** Vendors whose records are always tried the short way: the first that is asked, and those that are never remembered. */
const OPEN_VENDORS: ReadonlySet<string | undefined> = new Set([undefined, 'fortigate', 'key_value', 'none']);
/** As record-parser.ts. */
const MAX_SOURCES = 10_000;

/**
 * Columns straight from the bytes for what firewalls send most, by way of an event for all else.
 * @param parser the record parser for the long way
 * @param custom the definitions that it was given: their devices' records go the long way
 */
export function createColumnParser(parser: RecordParser, custom?: CustomParsers): ColumnParser {
  const fortigate = new FortigateColumnReader(createZoneClock());
  /** The parser that took the source's last record the long way: the record parser remembers it, too. */
  const vendors = createSourceMemory<string | undefined>(MAX_SOURCES);
  let lastSource = '';
  let lastVendor: string | undefined;

  return {
    parse(batch, bytes, from, to, context) {
      if (context.source !== lastSource) {
        lastSource = context.source;
        lastVendor = vendors.get(lastSource);
      }
      if (OPEN_VENDORS.has(lastVendor) && !custom?.isAssigned(context)) {
        if (fortigate.read(batch, bytes, from, to, context)) return;
        batch.dropRow();
      }
      const raw = bytes.subarray(from, to);
      const event = parser.parse(raw, context);
      remember(event);
      writeEvent(batch, event);
      if (isUtf8(raw)) batch.setOriginal(bytes, from, to);
    },
  };

  function remember(event: FlatEvent): void {
    const vendor = event['logmaster.parser'];
    if (vendor === lastVendor) return;
    lastVendor = vendor;
    vendors.set(lastSource, vendor);
  }
}
