import { isAscii } from 'node:buffer';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RecordParser } from './contracts.ts';
import type { CustomParsers } from './custom/custom-parsers.ts';
import { EventDraft } from './event/draft.ts';
import { fillDraft } from './fill-draft.ts';
import { BUILT_IN_VENDORS } from './recognition/built-in-vendors.ts';
import { RecordText } from './record-text.ts';
import { createZoneClock } from './time/zone.ts';

/**
 * A parser with its own memory of zones. One per thread; what a record means does not depend on those before it.
 * @param custom definitions that come before the built-in parsers
 */
export function createRecordParser(custom?: CustomParsers): RecordParser {
  const finder = BUILT_IN_VENDORS;
  const zones = createZoneClock();
  const record = new RecordText();

  return {
    parse(raw, context) {
      if (isAscii(raw)) record.takeAscii(raw, 0, raw.length, latin1(raw));
      else record.takeOther(raw);
      const event: FlatEvent = {
        message: record.text.slice(record.messageAt),
        'event.original': record.original,
      };
      const vendor = finder.find(record, record.units, record.from, record.to, false, record.app);
      fillDraft(new EventDraft(event), record, vendor, context, zones, finder, custom);
      return event;
    },
  };
}

function latin1(raw: Uint8Array): string {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
}
