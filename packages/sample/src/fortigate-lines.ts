import type { Micros } from '@logmaster/core/time';
import { turkishTime } from './zone.ts';

/** Field values of one FortiOS 7 record, in order. Numbers and bare words go unquoted, as FortiOS writes them. */
export type FortiField = readonly [name: string, value: string | number, form?: 'bare'];

export interface FortiMember {
  readonly hostname: string;
  readonly serial: string;
}

export type FortiLevel = 'alert' | 'error' | 'warning' | 'notice' | 'information';
/** Facility local7 (23), the FortiOS default, and the severity of RFC 5424 § 6.2.1. */
const PRIORITIES: Readonly<Record<FortiLevel, number>> = {
  alert: 185,
  error: 187,
  warning: 188,
  notice: 189,
  information: 190,
};

export interface FortiRecord {
  readonly logid: string;
  readonly type: 'traffic' | 'utm' | 'event';
  readonly subtype: string;
  readonly level: FortiLevel;
  readonly eventtype?: string;
  readonly fields: readonly FortiField[];
}

/**
 * A record in FortiOS' default syslog format. `eventtime` is in nanoseconds, which no double holds: the µs are written
 * followed by three zeros.
 */
export function fortiLine(member: FortiMember, now: Micros, record: FortiRecord): string {
  const local = turkishTime(now);
  let line =
    `<${PRIORITIES[record.level]}>date=${local.date} time=${local.time} devname="${member.hostname}" devid="${member.serial}"` +
    ` eventtime=${now}000 tz="+0300" logid="${record.logid}" type="${record.type}" subtype="${record.subtype}"`;
  if (record.eventtype !== undefined) line += ` eventtype="${record.eventtype}"`;
  line += ` level="${record.level}" vd="root"`;
  for (const [name, value, form] of record.fields) {
    line +=
      typeof value === 'number' || form === 'bare' ? ` ${name}=${value}` : ` ${name}="${value.replaceAll('"', '\\"')}"`;
  }
  return line;
}
