import type { FlatEvent } from '@logmaster/core/event/event';
import type { ParseContext, RecordParser } from './contracts.ts';
import type { CustomParsers } from './custom/custom-parsers.ts';
import { EventDraft } from './event/draft.ts';
import { keyValueParser } from './key-value/parser.ts';
import { createSourceMemory } from './source-memory.ts';
import { readHeader, type SyslogHeader } from './syslog/header.ts';
import { LEVELS } from './syslog/severity.ts';
import { decodeText, trimmedEnd } from './text.ts';
import { checkPlausible, resolveTime } from './time/device-time.ts';
import { createZoneClock, type ZoneClock } from './time/zone.ts';
import type { VendorInput, VendorParser, VendorTime } from './vendor.ts';
import { VENDORS } from './vendors.ts';

/** Sources whose vendor is remembered: more devices than one installation has, and a bound for forged addresses. */
const MAX_SOURCES = 10_000;

/**
 * A parser with its own memory of sources and zones. One per thread; calls do not depend on each other's order.
 * @param custom definitions that come before the built-in parsers
 */
export function createRecordParser(custom?: CustomParsers): RecordParser {
  const vendors = createSourceMemory<VendorParser>(MAX_SOURCES);
  const zones = createZoneClock();

  function findVendor(input: VendorInput, source: string): VendorParser | undefined {
    const known = vendors.get(source);
    // The general parser is never taken from memory: a surer one may recognise this record.
    if (known && known !== keyValueParser && known.recognises(input)) return known;
    const found = VENDORS.find((vendor) => vendor.recognises(input));
    if (found) vendors.set(source, found);
    return found;
  }

  return {
    parse(raw, context) {
      const original = decodeText(raw);
      const end = trimmedEnd(original);
      const text = end === original.length ? original : original.slice(0, end);
      const header = readHeader(text);
      const event: FlatEvent = {
        '@timestamp': context.receivedAt,
        message: text.slice(header.messageAt),
        'event.original': original,
        'event.kind': 'event',
      };
      const draft = new EventDraft(event);
      setHeader(draft, header);
      const input = { text, messageAt: header.messageAt, header };
      const vendor = findVendor(input, context.source);
      const match = custom?.match(input, context, draft, vendor);
      let time: VendorTime | undefined;
      let failed = false;
      try {
        time = match
          ? match.read(input, draft, context, (left) =>
              left === input ? vendor : findVendor(left, `in ${context.source}`),
            )
          : vendor?.read(input, draft);
      } catch (error) {
        // A fault of ours in one vendor's reader must not cost the record, and is seen in its fields.
        failed = true;
        draft.fail('logmaster.parser', error instanceof Error ? error.name : 'unknown error');
      }
      setTime(draft, header, time, context, zones);
      event['event.dataset'] ??= 'generic.syslog';
      event['event.type'] ??= 'info';
      event['logmaster.parser'] = match?.label ?? vendor?.name ?? 'none';
      const status = draft.errors.length > 0 ? 'partial' : 'ok';
      event['logmaster.parse.status'] = failed ? 'failed' : (match ?? vendor) ? status : 'raw';
      if (draft.errors.length > 0) event['logmaster.parse.errors'] = draft.errors.join('; ');
      return event;
    },
  };
}

function setHeader(draft: EventDraft, header: SyslogHeader): void {
  const { event } = draft;
  const { priority } = header;
  if (priority !== undefined) {
    const severity = priority & 7;
    event['log.syslog.priority'] = priority;
    event['log.syslog.facility.code'] = priority >> 3;
    event['log.syslog.severity.code'] = severity;
    event['log.level'] = LEVELS[severity] as string;
  }
  draft.text('log.syslog.version', header.version);
  draft.text('log.syslog.hostname', header.hostname);
  draft.text('observer.name', header.hostname);
  draft.text('log.syslog.appname', header.appname);
  draft.text('log.syslog.procid', header.procid);
  draft.text('log.syslog.msgid', header.msgid);
  if (header.fault) draft.fail(header.fault.field, header.fault.reason);
  for (const [name, value] of header.structuredData ?? []) draft.label(name, value);
}

/** The vendor's exact time, else its written one, else the header's; each only if it can be believed. */
function setTime(
  draft: EventDraft,
  header: SyslogHeader,
  vendor: VendorTime | undefined,
  context: ParseContext,
  zones: ZoneClock,
): void {
  const { event } = draft;
  const { micros } = vendor ?? {};
  const candidates = [
    () => (micros === undefined ? undefined : checkPlausible(micros, context.receivedAt)),
    () => {
      const written = vendor?.written?.() ?? header.time;
      return written && resolveTime(written, context, zones);
    },
  ];
  for (const candidate of candidates) {
    const time = candidate();
    if (time === undefined) continue;
    if ('micros' in time) {
      event['@timestamp'] = time.micros;
      break;
    }
    draft.fail('@timestamp', time.doubt);
  }
  const duration = event['event.duration'];
  // Firewalls write a session's duration when it is over.
  if (duration === undefined || event['event.type'] === 'start') return;
  event['event.end'] = event['@timestamp'] as number;
  event['event.start'] = (event['@timestamp'] as number) - Math.round(duration / 1000);
}
