import type { FlatEvent } from '@logmaster/core/event/event';
import type { Micros } from '@logmaster/core/time';

/** What a parser may know besides the bytes. Clock and zone are passed in, so that results repeat. */
export interface ParseContext {
  readonly receivedAt: Micros;
  /** IANA zone of time stamps that carry none. */
  readonly timeZone: string;
  /** The sender’s address. What a record means does not depend on it. */
  readonly source: string;
  /** Of the sender, where somebody has assigned it: custom parsers are chosen by them. */
  readonly deviceId?: string | undefined;
  readonly siteId?: string | undefined;
}

/**
 * Parses one record. Never throws: what can't be read sets `logmaster.parse.status` to `partial`, `failed` or `raw`
 * and `logmaster.parse.errors`. The result always has `@timestamp` (the device's time, or `receivedAt` when it has
 * none or an implausible one), `message`, `event.original` and `logmaster.parse.status`.
 */
export interface RecordParser {
  parse(raw: Uint8Array, context: ParseContext): FlatEvent;
}
