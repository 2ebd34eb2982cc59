import type { Address, Service } from '../process/service.ts';

/** Who is believed, and what we show. PEM files that the servers' user can read. */
export interface SyslogTls {
  /** Whom the other side's certificate must lead to. */
  readonly caFile: string;
  /** Our own certificate. A sender without one is anonymous. */
  readonly certificateFile?: string;
  readonly keyFile?: string;
}

/** How records travel. Octet counting and lines: RFC 6587 § 3.4.1 and § 3.4.2. */
export type SyslogTransport =
  | { readonly protocol: 'udp' }
  | { readonly protocol: 'tcp'; readonly framing: 'octets' | 'lines' }
  | { readonly protocol: 'tls'; readonly framing: 'octets' | 'lines'; readonly tls: SyslogTls }
  | { readonly protocol: 'relp'; readonly tls?: SyslogTls };

/** Sends records to one place. */
export interface SyslogSender extends Service {
  /** Queues records: no line ends in them, each goes out byte for byte. Resolves when they are in its input file. */
  send(records: readonly (string | Uint8Array)[]): Promise<void>;
  /**
   * Resolves when all of `send` are out of the program's queues: in the kernel's hands, or in RELP's window. Rejects
   * after `ms`. A sender that was killed may send some a second time.
   */
  untilSent(ms?: number): Promise<void>;
}

/** Writes what it receives into a file, a line a record, without doing anything else. */
export interface SyslogReceiver extends Service {
  readonly file: string;
  /** What came so far; one char a byte. */
  received(): Promise<readonly string[]>;
  /** Resolves with all records once there are so many. Rejects after `ms`. */
  untilReceived(count: number, ms?: number): Promise<readonly string[]>;
}

/** What a receiver of the same transport listens on. */
export type SyslogListener = { readonly address: Address } & (
  | { readonly protocol: 'udp' | 'tcp' }
  | { readonly protocol: 'tls'; readonly tls: Required<SyslogTls> }
  | { readonly protocol: 'relp'; readonly tls?: Required<SyslogTls> }
);
