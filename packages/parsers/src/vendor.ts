import type { EventDraft } from './event/draft.ts';
import type { SyslogHeader } from './syslog/header.ts';
import type { WrittenTime } from './time/device-time.ts';

/** The text of one record, its header already read. */
export interface VendorInput {
  readonly text: string;
  readonly messageAt: number;
  readonly header: SyslogHeader;
}

/** What a vendor's record says about its time, when that is better than the header's. */
export interface VendorTime {
  /** Exact moment, µs. */
  readonly micros?: number;
  /** Read only when the exact one is missing or can't be believed. */
  readonly written?: () => WrittenTime | undefined;
  /** A record that this one carries (a Beats document's message): whoever's it is, its own parser reads it on top. */
  readonly inner?: string;
  /** When the session began, for devices that say so: `event.start`, and with a duration `event.end`. */
  readonly start?: () => WrittenTime | undefined;
}

export interface VendorParser {
  /** Written to `logmaster.parser`. */
  readonly name: string;
  /** Looks at a few characters only: called for each record whose source is not yet known to be of this vendor. */
  recognises(input: VendorInput): boolean;
  /** Fills the draft. Throws never; what it can't read it notes there. The result: the record's own time. */
  read(input: VendorInput, draft: EventDraft): VendorTime | undefined;
}
