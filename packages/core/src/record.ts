import type { Micros } from './time.ts';

/**
 * Transports a record can arrive by, as written into segment lines. `internal` is the way from the web server. The journal holds
 * the place in this list: new ones come at the end.
 */
export const TRANSPORTS = ['udp', 'tcp', 'tls', 'beats', 'relp', 'internal', 'radius'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What is unusual about a record, one letter each, joined in alphabetical order; `-` stands for none in segments. */
export const RECORD_FLAGS = {
  /** The wall clock went back; received-at was held at the last value. */
  clockHeld: 'c',
  /** The sender's connection ended before the record did. */
  incomplete: 'i',
  /** Longer than the record limit; cut there. */
  truncated: 't',
} as const;

/** Longest record kept, in bytes. Longer ones are cut here, flagged and counted. */
export const MAX_RECORD_BYTES = 65_536;

/** One record as it was received: what the journal holds and the segment proves. */
export interface RawRecord {
  /** `<node>.<worker>.<journal number>.<sequence>` */
  readonly id: string;
  readonly receivedAt: Micros;
  /** Canonical IP text of the sender, without port. */
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly transport: Transport;
  /** Letters of RECORD_FLAGS, '' for none. */
  readonly flags: string;
  readonly raw: Buffer;
}

export interface RecordIdParts {
  readonly node: string;
  readonly worker: string;
  readonly journal: number;
  readonly sequence: number;
}

const RECORD_ID = /^([a-z0-9-]{1,40})\.([a-z0-9-]{1,40})\.(\d{1,10})\.(\d{1,12})$/;

/** Inverse of `parseRecordId`; the parts are not checked. */
export function formatRecordId(parts: RecordIdParts): string {
  return `${parts.node}.${parts.worker}.${parts.journal}.${parts.sequence}`;
}

/** Undefined when the text is no record id. */
export function parseRecordId(id: string): RecordIdParts | undefined {
  const match = RECORD_ID.exec(id);
  if (!match) return undefined;
  return {
    node: match[1] as string,
    worker: match[2] as string,
    journal: Number(match[3]),
    sequence: Number(match[4]),
  };
}
