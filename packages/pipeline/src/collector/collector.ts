import path from 'node:path';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import type { Transport } from '@logmaster/core/record';
import type { SenderOrders } from '../disk/orders.ts';
import type { Accounting } from '../journal/accounting.ts';
import { recount } from '../journal/recount.ts';
import { streamName } from '../journal/streams.ts';
import { JournalWriter } from '../journal/writer.ts';
import { readFloor } from '../processor/floor.ts';
import { type Account, AccountBook } from './accounts/account-book.ts';
import { SourceCounters } from './accounts/source-counters.ts';
import type { CollectorOptions, SocketName } from './collector-options.ts';
import { radiusUdp, syslogUdp } from './datagrams/udp-ports.ts';
import type { UdpSource, UdpState } from './datagrams/udp-source.ts';
import { ConnectionCounter } from './limits/connection-limits.ts';
import { JOURNAL_FAILED, Receiver } from './receiver.ts';
import type { Endpoint } from './stream/listener.ts';
import type { StreamServer } from './stream/stream-server.ts';
import { streamServers } from './stream/stream-servers.ts';
import { TlsDoor, type TlsOptions } from './stream/tls-door.ts';

/** Counters as of one durable block: `seen = journaled + sum of dropped` holds exactly. */
export interface CollectorState {
  readonly seen: number;
  /** Durable: an fdatasync has returned. */
  readonly journaled: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly unusual: Readonly<Record<string, number>>;
  readonly connections: number;
  readonly connectionsBy: Readonly<Partial<Record<Transport, number>>>;
  readonly udp: UdpState;
}

interface Mark {
  readonly seen: number;
  readonly dropped: Readonly<Record<string, number>>;
}

/** Receives logs and writes them down; nothing is interpreted before it is in the journal. */
export class Collector implements Lifecycle {
  readonly name = 'collector';
  readonly stream: string;
  readonly journal: JournalWriter<Mark>;
  private readonly options: CollectorOptions;
  private readonly counters = new SourceCounters();
  private readonly book = new AccountBook();
  private readonly receiver: Receiver;
  private readonly connections: ConnectionCounter;
  private readonly doors: TlsDoor[] = [];
  private readonly servers: readonly StreamServer[];
  private readonly udp: UdpSource;
  private readonly radius: ReturnType<typeof radiusUdp> | undefined;
  private readonly parts: Lifecycle;
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
      onPrepared: (folder) => this.inherit(folder),
      accounting: () => this.accounting(),
      mark: () => this.mark(),
      onDurable: (block) => this.book.durable(block),
      onCommit: (done) => this.committed(done),
      onFailure: (error) => this.failed(error),
      onFull: (full) => options.events.emit(full ? 'disk_full' : 'disk_has_room', { stream: this.stream }),
      ...(options.rotateBytes === undefined ? {} : { rotateBytes: options.rotateBytes }),
      ...(options.onSync === undefined ? {} : { onSync: options.onSync }),
      ...(options.fault === undefined ? {} : { fault: options.fault }),
      ...(options.createFile === undefined ? {} : { createFile: options.createFile }),
      ...(options.hasRoom === undefined ? {} : { hasRoom: options.hasRoom }),
    });
    this.receiver = new Receiver(this.journal, this.counters, options);
    this.connections = new ConnectionCounter(options.limits);
    this.servers = streamServers(options, {
      receiver: this.receiver,
      counter: this.connections,
      endpoint: (name, tcpPort, host) => this.endpoint(name, tcpPort, host),
      door: (tls) => this.door(tls),
    });
    const udp = {
      receiver: this.receiver,
      events: options.events,
      counted: options.countedDrops,
      countsDrops: options.countsDrops,
    };
    this.udp = syslogUdp({ ...udp, endpoint: this.endpoint('syslogUdp', port) });
    const { radius } = options;
    this.radius =
      radius && radiusUdp({ ...udp, clients: radius.clients, endpoint: this.endpoint('radius', radius.port) });
    this.parts = sequence('collector', [this.journal, ...this.datagrams, ...this.servers]);
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
    if (options.handover) for (const source of this.datagrams) source.leave();
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
      connectionsBy: Object.fromEntries(this.servers.map(({ transport, open }) => [transport, open])),
      udp: this.udp.state,
    };
  }

  /** Accounts that were closed since the last call. */
  takeAccounts(): readonly Account[] {
    // Nothing is written down any more; what is refused is counted all the same.
    if (this.journal.failure !== undefined) this.book.fail({ ...this.account(), clock_steps: 0 }, JOURNAL_FAILED);
    return this.book.take();
  }

  /** What processes before this one made durable and did not account for. */
  private async inherit(folder: string): Promise<void> {
    const { accountedTo } = this.options;
    const found = await recount(folder, accountedTo);
    this.counters.inherit(found.tail.records);
    this.book.begin(found, accountedTo !== undefined);
    const counted = found.accountings.findLast(({ kernel_drops }) => kernel_drops !== undefined)?.kernel_drops;
    if (counted !== undefined) for (const source of this.datagrams) source.inherit(counted);
  }

  private accounting(): Omit<Accounting, 'clock_steps'> {
    const accounting = this.account();
    this.book.write({ ...accounting, clock_steps: 0 });
    return accounting;
  }

  private account(): Omit<Accounting, 'clock_steps'> {
    const counted =
      this.udp.counted === undefined ? undefined : { ...this.radius?.source.counted, ...this.udp.counted };
    return { ...this.counters.take(), ...(counted === undefined ? {} : { kernel_drops: counted }) };
  }

  private get datagrams(): readonly UdpSource[] {
    return this.radius === undefined ? [this.udp] : [this.udp, this.radius.source];
  }

  private endpoint(name: SocketName, port: number, host = this.options.syslogHost): Endpoint {
    const { sockets } = this.options;
    const fd = sockets?.[name];
    return { host, port, ...(fd === undefined ? {} : { fd }) };
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

  private committed(done: { records: number; bytes: number; mark?: Mark }): void {
    this.journaled += done.records;
    if (done.mark !== undefined) this.durable = done.mark;
    this.receiver.committed(done.bytes);
    for (const server of this.servers) server.committed();
    this.radius?.settle();
    this.options.fault?.('acknowledged');
  }

  private failed(error: Error): void {
    this.options.events.emit('journal_failed', { reason: error.message });
    const dropped = Object.values(this.counters.dropped).reduce((sum, records) => sum + records, 0);
    this.counters.lose(JOURNAL_FAILED, this.counters.seen - dropped - this.journaled);
    for (const server of this.servers) server.failed();
  }

  private mark(): Mark {
    return { seen: this.counters.seen, dropped: { ...this.counters.dropped } };
  }
}
