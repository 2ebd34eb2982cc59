import type { FlatEvent } from '@logmaster/core/event/event';
import type { Micros } from '@logmaster/core/time';
import type { ParseContext } from './contracts.ts';
import type { CustomParsers } from './custom/custom-parsers.ts';
import type { EventDraft } from './event/draft.ts';
import type { VendorFinder } from './recognition/vendor-finder.ts';
import { readHeader, type SyslogHeader } from './syslog/header.ts';
import { LEVELS } from './syslog/severity.ts';
import { checkPlausible, type ResolvedTime, resolveTime } from './time/device-time.ts';
import type { ZoneClock } from './time/zone.ts';
import type { VendorInput, VendorParser, VendorTime } from './vendor.ts';
import { isGeneral } from './vendors.ts';

/** What a record says, by its header and its vendor's parser, into a draft that knows its raw text and its message. */
export function fillDraft(
  draft: EventDraft,
  input: VendorInput,
  vendor: VendorParser | undefined,
  context: ParseContext,
  zones: ZoneClock,
  finder: VendorFinder,
  custom?: CustomParsers,
): void {
  const { event } = draft;
  event['@timestamp'] = context.receivedAt;
  event['event.kind'] = 'event';
  setHeader(draft, input.header);
  const match = custom?.match(input, context, draft, vendor);
  let name = match?.label ?? vendor?.name ?? 'none';
  let time: VendorTime | undefined;
  let failed = false;
  try {
    time = match
      ? match.read(input, draft, context, (left) => (left === input ? vendor : finder.findInText(left)))
      : vendor?.read(input, draft);
    const inner = time?.inner === undefined ? undefined : findInner(time.inner, finder);
    if (inner !== undefined) {
      setHeader(draft, inner.input.header);
      const { time: written } = inner.input.header;
      time = inner.vendor.read(inner.input, draft) ?? (written ? { written: () => written } : time);
      name = inner.vendor.name;
    }
  } catch (error) {
    // A fault of ours in one vendor's reader must not cost the record, and is seen in its fields.
    failed = true;
    draft.fail('logmaster.parser', error instanceof Error ? error.name : 'unknown error');
  }
  setTime(draft, input.header, time, context, zones);
  if (!draft.has('event.dataset')) event['event.dataset'] = 'generic.syslog';
  if (!draft.has('event.type')) event['event.type'] = 'info';
  event['logmaster.parser'] = name;
  const status = draft.errors.length > 0 ? 'partial' : 'ok';
  event['logmaster.parse.status'] = failed ? 'failed' : (match ?? vendor) ? status : 'raw';
  if (draft.errors.length > 0) event['logmaster.parse.errors'] = draft.errors.join('; ');
}

function findInner(text: string, finder: VendorFinder): { input: VendorInput; vendor: VendorParser } | undefined {
  const header = readHeader(text);
  const input = { text, messageAt: header.messageAt, header };
  const vendor = finder.findInText(input);
  return vendor === undefined || isGeneral(vendor) ? undefined : { input, vendor };
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
  const exact = vendor?.micros === undefined ? undefined : checkPlausible(vendor.micros, context.receivedAt);
  if (!setMoment(draft, exact)) {
    const written = vendor?.written?.() ?? header.time;
    setMoment(draft, written && resolveTime(written, context, zones));
  }
  const begun = vendor?.start?.();
  const start = begun && resolveTime(begun, context, zones);
  setPeriod(event, start && 'micros' in start ? start.micros : undefined);
  dropUnreal(draft, 'event.start');
  dropUnreal(draft, 'event.end');
}

/** Devices write numbers for times, and some are beyond all calendars. */
function dropUnreal(draft: EventDraft, field: 'event.start' | 'event.end'): void {
  const moment = draft.event[field];
  if (moment === undefined || Number.isSafeInteger(moment)) return;
  draft.drop(field);
  draft.fail(field, 'not a time');
}

/** Start and end of a session: from its start where the device says it, else back from the record, which is its end. */
function setPeriod(event: FlatEvent, start: Micros | undefined): void {
  if (start !== undefined) event['event.start'] = start;
  const duration = event['event.duration'];
  // Firewalls write a session's duration when it is over.
  if (duration === undefined || event['event.type'] === 'start') return;
  const length = Math.round(duration / 1000);
  const begun = event['event.start'];
  if (begun === undefined) event['event.start'] = (event['@timestamp'] as number) - length;
  if (event['event.end'] === undefined)
    event['event.end'] = begun === undefined ? (event['@timestamp'] as number) : begun + length;
}

/** False where there is no time that can be believed; why it can't is noted. */
function setMoment(draft: EventDraft, time: ResolvedTime | undefined): boolean {
  if (time === undefined) return false;
  if ('micros' in time) draft.event['@timestamp'] = time.micros;
  else draft.fail('@timestamp', time.doubt);
  return 'micros' in time;
}
