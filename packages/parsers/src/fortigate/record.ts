import type { FieldName } from '@logmaster/core/event/fields';
import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readOffset, readTime } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { classify } from './classify.ts';
import { FORTIGATE_FIELDS, isUnspecified, TIME_FIELDS } from './fields.ts';
import { finishProduct, OTHER_KEY } from './products.ts';

/** A sniffer's policy translates nothing and writes zeros. */
const NAT_PORTS: ReadonlyMap<string, FieldName> = new Map([
  ['transip', 'source.nat.port'],
  ['tranip', 'destination.nat.port'],
] as const);

/** Labels that tell the time where the others don't. */
const RELATED_TIMES = new Set(['timestamp', 'itime', 'timezone', 'timezone_dayst']);

/** A FortiOS record in the making: takes its pairs in whatever form they were written. */
export class FortigateRecord {
  private readonly draft: EventDraft;
  private readonly times: Record<string, string> = {};
  private readonly kind = { type: '', subtype: '', status: '', hostname: '', dhcpMessage: '' };

  private hasLogId = false;
  private isOther = false;

  /** Ports of translations that did not take place. */
  private readonly untranslated: FieldName[] = [];

  constructor(draft: EventDraft) {
    this.draft = draft;
  }

  pair(key: string, value: string): void {
    const { draft, kind } = this;
    if (key === 'logid') this.hasLogId = true;
    else if (key === OTHER_KEY) this.isOther = true;
    const natPort = NAT_PORTS.get(key);
    if (natPort !== undefined && isUnspecified(value)) this.untranslated.push(natPort);
    const set = FORTIGATE_FIELDS.get(key);
    if (set) set(draft, value);
    else if (TIME_FIELDS.has(key)) this.times[key] = value;
    else if (RELATED_TIMES.has(key)) {
      this.times[key] = value;
      draft.label(key, value);
    } else if (key === 'type') kind.type = value;
    else if (key === 'subtype') kind.subtype = value;
    else if (key === 'hostname') kind.hostname = value;
    else if (key === 'dhcp_msg') kind.dhcpMessage = value;
    else {
      if (key === 'status') kind.status = value;
      draft.label(key, value);
    }
  }

  /** After the last pair. */
  finish(): VendorTime {
    const { draft, kind } = this;
    draft.label('type', kind.type);
    draft.label('subtype', kind.subtype);
    const { event } = draft;
    event['event.dataset'] = 'fortinet.fortigate';
    event['observer.vendor'] = 'Fortinet';
    event['observer.product'] = 'FortiGate';
    event['observer.type'] = 'firewall';
    for (const field of this.untranslated) draft.drop(field);
    // A client that asks for an address sends its packets from none; all other records mean that they know of none.
    if (kind.type !== 'traffic') dropUnspecified(draft);
    classify(draft, kind);
    addTotals(draft);
    if (!this.hasLogId || this.isOther) finishProduct(draft);
    return readFortigateTime(this.times);
  }
}

function dropUnspecified(draft: EventDraft): void {
  for (const field of ['source.ip', 'destination.ip'] as const) {
    const address = draft.event[field];
    if (address !== undefined && isUnspecified(address)) draft.drop(field);
  }
}

/** `eventtime` is exact and in UTC: ns since FortiOS 6.2, s before. `date` and `time` are local, `tz` is their offset. */
export function readFortigateTime(times: Record<string, string>): VendorTime {
  const { date = '', time = '', tz } = times;
  // FortiAnalyzer tells it besides; it counts where a relay has taken the date for its own.
  const eventtime = times.eventtime ?? (date === '' ? (times.timestamp ?? times.itime ?? '') : '');
  const written = () => readWritten(`${date} ${time}`, tz ?? offsetOf(times));
  // Cut as text: 19 digits do not fit a double.
  const digits = /^\d+$/.test(eventtime) ? eventtime.length : 0;
  if (digits === 19) return { micros: Number(eventtime.slice(0, 16)), written };
  if (digits === 16) return { micros: Number(eventtime), written };
  if (digits === 10) return { micros: Number(eventtime) * MICROS_PER_SECOND, written };
  return { written };
}

/**
 * FortiWeb names the zone: `timezone="(GMT-8:00)Pacific Time(US&Canada)"`, and what counts now with POSIX' sign:
 * `timezone_dayst="GMTf+7"`.
 */
function offsetOf({ timezone = '', timezone_dayst: summer = '' }: Record<string, string>): string | undefined {
  const own = /^GMT[a-z]?([+-])(\d{1,2})(?::(\d\d))?$/.exec(summer);
  const match = own ?? /^\(GMT([+-])(\d{1,2}):(\d\d)\)/.exec(timezone);
  if (match === null) return undefined;
  const sign = own === null ? match[1] : match[1] === '+' ? '-' : '+';
  return `${sign}${(match[2] as string).padStart(2, '0')}:${match[3] ?? '00'}`;
}

function readWritten(text: string, tz: string | undefined): WrittenTime | undefined {
  const written = readTime(text, 0)?.time;
  const offset = tz === undefined ? undefined : readOffset(tz);
  return written && offset !== undefined ? { ...written, offset } : written;
}
