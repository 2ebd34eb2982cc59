import { isUtf8 } from 'node:buffer';
import { writeEvent } from '@logmaster/core/event/columns/append-event';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { BlockText } from './block-text.ts';
import { AsaColumnReader } from './cisco-asa/column-reader.ts';
import { PerBatch } from './columns/per-batch.ts';
import { RawRecordWriter } from './columns/raw-record.ts';
import type { ParseContext } from './contracts.ts';
import type { CustomParsers } from './custom/custom-parsers.ts';
import { RowDraft } from './event/row-draft.ts';
import { fillDraft } from './fill-draft.ts';
import { FortigateColumnReader } from './fortigate/column-reader.ts';
import { PaloAltoColumnReader } from './palo-alto/column-reader.ts';
import { BUILT_IN_VENDORS } from './recognition/built-in-vendors.ts';
import { createRecordParser } from './record-parser.ts';
import { RecordText } from './record-text.ts';
import { HeaderPlaces } from './syslog/header-places.ts';
import { placeHeader } from './syslog/place-header.ts';
import { trimmedBytes } from './text.ts';
import { createZoneClock } from './time/zone.ts';
import { isMarked } from './vendors.ts';

/** Parses one record from bytes into the row in the making of a batch. The meaning is the record parser's. */
export interface ColumnParser {
  /**
   * Never throws. `bytes` must not change from now on: the raw text is kept as a view, and what was found out about bytes
   * is known again by their array, be the batch cleared or not.
   */
  parse(batch: ColumnBatch, bytes: Uint8Array, from: number, to: number, context: ParseContext): void;
  /** Records so far that became text on the way. */
  readonly viaText: number;
}

const encoder = new TextEncoder();

/**
 * Straight from the bytes for what firewalls send most and for text that is nobody's; all else by its vendor's parser, which
 * writes into the row. What a custom definition may be about becomes an event first.
 */
export function createColumnParser(custom?: CustomParsers): ColumnParser {
  const zones = createZoneClock();
  const finder = BUILT_IN_VENDORS;
  const fortigate = new FortigateColumnReader(zones);
  const asa = new AsaColumnReader(zones);
  const paloAlto = new PaloAltoColumnReader(zones);
  const nobodys = new RawRecordWriter(zones);
  const texts = new BlockText();
  const places = new HeaderPlaces();
  const record = new RecordText();
  const drafts = new PerBatch((batch) => new RowDraft(batch));
  const byEvent = custom && createRecordParser(custom);
  let viaText = 0;

  function writeByEvent(
    batch: ColumnBatch,
    bytes: Uint8Array,
    from: number,
    to: number,
    context: ParseContext,
  ): boolean {
    if (byEvent === undefined) return false;
    viaText += 1;
    const raw = bytes.subarray(from, to);
    writeEvent(batch, byEvent.parse(raw, context));
    if (isUtf8(raw)) batch.setOriginal(bytes, from, to);
    return true;
  }

  return {
    get viaText() {
      return viaText;
    },
    parse(batch, bytes, from, to, context) {
      if (custom?.isAssigned(context) && writeByEvent(batch, bytes, from, to, context)) return;
      const isOffered = custom?.appliesAnywhere === true;
      const end = trimmedBytes(bytes, from, to);
      if (fortigate.accepts(bytes, from, end)) {
        if (fortigate.read(batch, bytes, from, to, context)) return;
        batch.dropRow();
      }
      const isAscii = texts.isAscii(bytes, from, to);
      if (isAscii) {
        placeHeader(bytes, from, end, places);
        const paloAltoLayout = paloAlto.layoutOf(bytes, places.messageAt, end);
        if (asa.accepts(bytes, places.messageAt, end)) {
          if (asa.read(batch, bytes, from, end, to, places, context)) return;
          batch.dropRow();
        } else if (paloAltoLayout >= 0) {
          if (paloAlto.read(batch, paloAltoLayout, true, bytes, from, end, to, places, context)) return;
          batch.dropRow();
        } else if (!isOffered && !finder.mayBeKnown(bytes, from, end, places.messageAt, places.appname)) {
          if (nobodys.write(batch, bytes, from, end, to, places, context)) return;
          batch.dropRow();
        }
        record.takePlaced(bytes, from, end, texts.slice(bytes, from, to), places);
      } else {
        const paloAltoLayout = paloAlto.layoutOfUtf8(bytes, from, end, to, places);
        if (paloAltoLayout >= 0) {
          if (paloAlto.read(batch, paloAltoLayout, false, bytes, from, end, to, places, context)) return;
          batch.dropRow();
        }
        record.takeOther(bytes.subarray(from, to));
      }
      const vendor = finder.find(record, record.units, record.from, record.to, isAscii, record.app);
      if (isOffered && !isMarked(vendor) && writeByEvent(batch, bytes, from, to, context)) return;
      viaText += 1;
      const draft = drafts.of(batch);
      draft.begin(record);
      fillDraft(draft, record, vendor, context, zones, finder);
      draft.finish();
      if (isAscii || isUtf8(bytes.subarray(from, to))) batch.setOriginal(bytes, from, to);
      else {
        const original = encoder.encode(record.original);
        batch.setOriginal(original, 0, original.length);
      }
    },
  };
}
