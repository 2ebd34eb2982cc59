import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import type { Transport } from '@logmaster/core/record';
import type { Events } from '@logmaster/telemetry/events';
import type { SenderOrders } from '../disk/orders.ts';
import type { OpenJournalFile } from '../journal/journal-file.ts';
import { streamName } from '../journal/streams.ts';
import { JournalWriter } from '../journal/writer.ts';
import { readFloor } from '../processor/floor.ts';
import type { AddressRanges } from './address-ranges.ts';
import { beatsSession } from './beats-session.ts';
import { ConnectionCounter, type ConnectionLimits } from './connection-limits.ts';
import type { Endpoint } from './listener.ts';
import { Receiver } from './receiver.ts';
import { relpSession } from './relp-session.ts';
import { SourceCounters } from './source-counters.ts';
import { StreamServer } from './stream-server.ts';
import type { StreamTimeouts } from './stream-timeouts.ts';
import { syslogSession } from './syslog-session.ts';
import { type ClientCertificates, TlsDoor } from './tls-door.ts';
import type { TlsFiles } from './tls-files.ts';
import { UdpSource, type UdpState } from './udp-source.ts';

export interface TlsOptions {
  readonly files: TlsFiles;
  readonly clientCertificates: ClientCertificates;
}

/** Ports by name; a parent process may have bound them, so that they stay open when a worker ends. */
export type SocketName = 'syslogUdp' | 'syslogTcp' | 'syslogTls' | 'relp' | 'beats';

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
  /** File descriptors of ports that are bound already. */
  readonly sockets?: Partial<Record<SocketName, number>> | undefined;
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
  /** After each fdatasync of the journal. */
  readonly onSync?: ((seconds: number) => void) | undefined;
}

/** Counters as of one durable block: `seen = journaled + sum of dropped` holds exactly. */
export interface CollectorState {
  readonly seen: number;
  /** Durable: an fdatasync has returned. */
  readonly journaled: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly unusual: Readonly<Record<string, number>>;
  readonly connections: number;
  /** Records taken, by transport; those the disk does not have yet included. */
  readonly received: Readonly<Partial<Record<Transport, number>>>;
  readonly udp: UdpState;
}

interface Mark {
  readonly seen: number;
  readonly dropped: Readonly<Record<string, number>>;
}

/**
 * A device that has nothing to say is no fault: syslog has no way to send again what a closed connection lost, so these
 * are long. A record that has begun and does not end is one.
 */
const SYSLOG_TIMEOUTS: StreamTimeouts = { firstByteMs: 10 * 60_000, idleMs: 24 * 3_600_000, stallMs: 5 * 60_000 };

/** Whoever gets acknowledgements sends again what a closed connection had not acknowledged. */
const ACKNOWLEDGED_TIMEOUTS: StreamTimeouts = { firstByteMs: 60_000, idleMs: 3_600_000, stallMs: 60_000 };

/** Receives logs and writes them down; nothing is interpreted before it is in the journal. */
export class Collector implements Lifecycle {
  readonly name = 'collector';
  readonly stream: string;
  readonly journal: JournalWriter<Mark>;
  private readonly options: CollectorOptions;
  private readonly counters = new SourceCounters();
  private readonly receiver: Receiver;
  private readonly connections: ConnectionCounter;
  private readonly doors: TlsDoor[] = [];
  private readonly servers: readonly StreamServer[];
  private readonly udp: UdpSource;
  private readonly parts: Lifecycle;
  /** Durable records by journal file number, since they were last taken. */
  private journals = new Map<number, number>();
  private durable: Mark = { seen: 0, dropped: {} };
  private journaled = 0;
  /** The ports are open: whoever is told that the collector is well can send. */
  listening = false;

  constructor(options: CollectorOptions) {
    const { node, worker, journalFolder, syslogPort: port } = options;
    this.options = options;
    this.stream = streamName(node, worker);
    this.journal = new JournalWriter<Mark>({
      folder: path.join(journalFolder, this.stream),
      clock: options.clock,
      floorMicros: () => readFloor(journalFolder),
      accounting: () => this.counters.take(),
      mark: () => this.mark(),
      onCommit: (done) => this.committed(done),
      onFailure: (error) => this.failed(error),
      onFull: (full) => options.events.emit(full ? 'disk_full' : 'disk_has_room', { stream: this.stream }),
      ...(options.rotateBytes === undefined ? {} : { rotateBytes: options.rotateBytes }),
      ...(options.onSync === undefined ? {} : { onSync: options.onSync }),
      ...(options.createFile === undefined ? {} : { createFile: options.createFile }),
      ...(options.hasRoom === undefined ? {} : { hasRoom: options.hasRoom }),
    });
    this.receiver = new Receiver(this.journal, this.counters, options);
    this.connections = new ConnectionCounter(options.limits);
    this.servers = this.streamServers();
    this.udp = new UdpSource({
      endpoint: this.endpoint('syslogUdp', port),
      receiver: this.receiver,
      events: options.events,
      counted: options.countedDrops,
      countsDrops: options.countsDrops,
    });
    this.parts = sequence('collector', [this.journal, this.udp, ...this.servers]);
  }

  async start(): Promise<void> {
    const { events } = this.options;
    await this.parts.start();
    this.listening = true;
    events.emit('journal_opened', { stream: this.stream, journal: this.journal.currentJournal });
    if (this.journal.cutBytes > 0)
      events.emit('journal_torn_tail', { stream: this.stream, bytes: this.journal.cutBytes });
  }

  /**
   * Takes what the kernel still holds for open sockets, and resolves when all of it is durable. With `handover` the
   * datagrams are left to the worker that comes next.
   */
  stop(options: { readonly handover?: boolean } = {}): Promise<void> {
    this.listening = false;
    this.journal.stopWaiting();
    if (options.handover) this.udp.leave();
    return this.parts.stop();
  }

  /** Reads certificate files again, at once instead of within seconds. Connections stay. */
  async reload(): Promise<void> {
    for (const door of this.doors) await door.reload();
  }

  /** How fast senders may be while the disk is short of room. */
  slow(orders: SenderOrders): void {
    this.receiver.pace.set(orders);
  }

  get state(): CollectorState {
    return {
      ...(this.journal.failure === undefined ? this.durable : this.mark()),
      journaled: this.journaled,
      unusual: this.counters.unusual,
      connections: this.servers.reduce((sum, server) => sum + server.open, 0),
      received: this.receiver.received,
      udp: this.udp.state,
    };
  }

  /** Records by journal file number that became durable since the last call. */
  takeJournals(): ReadonlyMap<number, number> {
    const { journals } = this;
    this.journals = new Map();
    return journals;
  }

  private endpoint(name: SocketName, port: number): Endpoint {
    const { syslogHost: host, sockets } = this.options;
    const fd = sockets?.[name];
    return { host, port, ...(fd === undefined ? {} : { fd }) };
  }

  private streamServers(): StreamServer[] {
    const { syslogPort, syslogTls, relp, beats, proxies } = this.options;
    const syslog = { session: syslogSession, timeouts: { ...SYSLOG_TIMEOUTS, ...this.options.timeouts } };
    const common = { receiver: this.receiver, events: this.options.events, counter: this.connections, proxies };
    const servers = [
      new StreamServer({
        ...{ what: 'syslog TCP', transport: 'tcp', option: '--syslog-port' },
        endpoint: this.endpoint('syslogTcp', syslogPort),
        ...syslog,
        ...common,
      }),
    ];
    if (syslogTls !== undefined) {
      servers.push(
        new StreamServer({
          ...{ what: 'syslog TLS', transport: 'tls', option: '--syslog-tls-port' },
          endpoint: this.endpoint('syslogTls', syslogTls.port),
          tls: this.door(syslogTls),
          ...syslog,
          ...common,
        }),
      );
    }
    const acknowledged = { timeouts: { ...ACKNOWLEDGED_TIMEOUTS, ...this.options.timeouts }, ...common };
    if (relp !== undefined) {
      servers.push(
        new StreamServer({
          ...{ what: 'RELP', transport: 'relp', option: '--relp-port', session: relpSession },
          endpoint: this.endpoint('relp', relp.port),
          ...acknowledged,
        }),
      );
    }
    if (beats !== undefined) {
      servers.push(
        new StreamServer({
          ...{ what: 'Beats', transport: 'beats', option: '--beats-port', session: beatsSession },
          endpoint: this.endpoint('beats', beats.port),
          ...(beats.tls === undefined ? {} : { tls: this.door(beats.tls) }),
          ...acknowledged,
        }),
      );
    }
    return servers;
  }

  private door({ files, clientCertificates }: TlsOptions): TlsDoor {
    const { handshakeMs } = this.options;
    const door = new TlsDoor({
      ...(handshakeMs === undefined ? {} : { handshakeMs }),
      files,
      clientCertificates,
      events: this.options.events,
      onUnverified: () => this.counters.note('client_certificate_unverified'),
    });
    this.doors.push(door);
    return door;
  }

  private committed(done: {
    records: number;
    bytes: number;
    mark?: Mark;
    journals: ReadonlyMap<number, number>;
  }): void {
    this.journaled += done.records;
    for (const [journal, records] of done.journals)
      this.journals.set(journal, (this.journals.get(journal) ?? 0) + records);
    if (done.mark !== undefined) this.durable = done.mark;
    this.receiver.committed(done.bytes);
    for (const server of this.servers) server.committed();
  }

  private failed(error: Error): void {
    this.options.events.emit('journal_failed', { reason: error.message });
    const dropped = Object.values(this.counters.dropped).reduce((sum, records) => sum + records, 0);
    this.counters.lose('journal-failed', this.counters.seen - dropped - this.journaled);
    for (const server of this.servers) server.failed();
  }

  private mark(): Mark {
    return { seen: this.counters.seen, dropped: { ...this.counters.dropped } };
  }
}
