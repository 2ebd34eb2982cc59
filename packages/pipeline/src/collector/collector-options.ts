import type { Clock } from '@logmaster/core/clock';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../fault.ts';
import type { StreamPosition } from '../journal/block.ts';
import type { OpenJournalFile } from '../journal/journal-file.ts';
import type { RadiusClients } from './datagrams/radius-clients.ts';
import type { ConnectionLimits } from './limits/connection-limits.ts';
import type { AddressRanges } from './stream/address-ranges.ts';
import type { StreamTimeouts } from './stream/stream-timeouts.ts';
import type { TlsOptions } from './stream/tls-door.ts';

/** Ports by name; a parent process may have bound them, so that they stay open when a worker ends. */
export type SocketName = 'syslogUdp' | 'syslogTcp' | 'syslogTls' | 'relp' | 'beats' | 'radius' | 'identity';

export interface CollectorOptions {
  readonly node: string;
  /** Letters and digits; one per receiving process of the node. */
  readonly worker: string;
  readonly journalFolder: string;
  readonly syslogHost: string;
  readonly syslogPort: number;
  /** Syslog over TLS (RFC 5425). */
  readonly syslogTls?: TlsOptions & { readonly port: number };
  /** RELP, whose records are acknowledged once they are durable. */
  readonly relp?: { readonly port: number };
  /** Beats (lumberjack v2), acknowledged the same way; over TLS where `tls` is given. */
  readonly beats?: { readonly port: number; readonly tls?: TlsOptions };
  /** RADIUS accounting (RFC 2866), acknowledged the same way. */
  readonly radius?: { readonly port: number; readonly clients: RadiusClients };
  /** Identity events from the web server: RELP behind a PROXY header that says who told them, from `proxies` alone. */
  readonly identity?: { readonly host: string; readonly port: number; readonly proxies: AddressRanges };
  /** File descriptors of ports that are bound already. */
  readonly sockets?: Partial<Record<SocketName, number>> | undefined;
  /** The place in the stream up to which accounts of earlier processes were heard: behind it they are counted again. */
  readonly accountedTo?: StreamPosition | undefined;
  /** Kernel drops of an inherited UDP socket that were counted before. */
  readonly countedDrops?: Readonly<Record<string, number>> | undefined;
  /** False for all but one of the workers that share a UDP socket. */
  readonly countsDrops?: boolean | undefined;
  readonly clock: Clock;
  readonly events: Events;
  /** Load balancers whose PROXY headers are believed, and demanded, on every stream port. */
  readonly proxies?: AddressRanges;
  readonly limits?: ConnectionLimits;
  readonly timeouts?: Partial<StreamTimeouts>;
  /** Longest TLS handshake. */
  readonly handshakeMs?: number;
  readonly pendingLimitBytes?: number;
  /** Records a second and source address: connections are slowed to it, datagrams above it dropped. */
  readonly sourceRate?: number;
  readonly rotateBytes?: number;
  /** May the journal write so many bytes now? */
  readonly hasRoom?: (bytes: number) => Promise<boolean>;
  readonly createFile?: OpenJournalFile;
  readonly fault?: Fault;
  /** After each fdatasync of the journal. */
  readonly onSync?: ((seconds: number) => void) | undefined;
}
