import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import type { Events } from '@logmaster/telemetry/events';
import { streamName } from '../journal/streams.ts';
import { JournalWriter } from '../journal/writer.ts';
import { readFloor } from '../processor/floor.ts';
import { Receiver } from './receiver.ts';
import { SourceCounters } from './source-counters.ts';
import { TcpSource } from './tcp-source.ts';
import { UdpSource } from './udp-source.ts';

export interface CollectorOptions {
  readonly node: string;
  /** Letters and digits; one per receiving process of the node. */
  readonly worker: string;
  readonly journalFolder: string;
  readonly syslogHost: string;
  readonly syslogPort: number;
  readonly clock: Clock;
  readonly events: Events;
  readonly pendingLimitBytes?: number;
  readonly rotateBytes?: number;
}

/** Counters as of one durable block: `seen = journaled + sum of dropped` holds exactly. */
export interface CollectorState {
  readonly seen: number;
  /** Durable: an fdatasync has returned. */
  readonly journaled: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly unusual: Readonly<Record<string, number>>;
  readonly connections: number;
  /** Durable records of this process by journal file number. */
  readonly journals: ReadonlyMap<number, number>;
}

interface Mark {
  readonly seen: number;
  readonly dropped: Readonly<Record<string, number>>;
}

/** Receives syslog and writes it down; nothing is interpreted before it is in the journal. */
export class Collector implements Lifecycle {
  readonly name = 'collector';
  readonly stream: string;
  readonly journal: JournalWriter<Mark>;
  private readonly counters = new SourceCounters();
  private readonly tcp: TcpSource;
  private readonly parts: Lifecycle;
  private readonly events: Events;
  private readonly journals = new Map<number, number>();
  private durable: Mark = { seen: 0, dropped: {} };
  private journaled = 0;
  /** The ports are open: whoever is told that the collector is well can send. */
  listening = false;

  constructor(options: CollectorOptions) {
    const { node, worker, journalFolder, syslogHost: host, syslogPort: port, events } = options;
    this.stream = streamName(node, worker);
    this.events = events;
    this.journal = new JournalWriter<Mark>({
      folder: path.join(journalFolder, this.stream),
      clock: options.clock,
      floorMicros: () => readFloor(journalFolder),
      accounting: () => this.counters.take(),
      mark: () => this.mark(),
      onCommit: (done) => this.committed(done),
      onFailure: (error) => this.failed(error),
      ...(options.rotateBytes === undefined ? {} : { rotateBytes: options.rotateBytes }),
    });
    const receiver = new Receiver(this.journal, this.counters, options.pendingLimitBytes);
    this.tcp = new TcpSource({ host, port, receiver, events });
    this.parts = sequence('collector', [this.journal, new UdpSource({ host, port, receiver }), this.tcp]);
  }

  async start(): Promise<void> {
    await this.parts.start();
    this.listening = true;
    this.events.emit('journal_opened', { stream: this.stream, journal: this.journal.currentJournal });
    if (this.journal.cutBytes > 0)
      this.events.emit('journal_torn_tail', { stream: this.stream, bytes: this.journal.cutBytes });
  }

  /** Takes what the kernel still holds for open sockets, and resolves when all of it is durable. */
  stop(): Promise<void> {
    this.listening = false;
    return this.parts.stop();
  }

  get state(): CollectorState {
    return {
      ...(this.journal.failure === undefined ? this.durable : this.mark()),
      journaled: this.journaled,
      unusual: this.counters.unusual,
      connections: this.tcp.open,
      journals: this.journals,
    };
  }

  private committed(done: { records: number; mark?: Mark; journals: ReadonlyMap<number, number> }): void {
    this.journaled += done.records;
    for (const [journal, records] of done.journals)
      this.journals.set(journal, (this.journals.get(journal) ?? 0) + records);
    if (done.mark !== undefined) this.durable = done.mark;
    this.tcp.resume();
  }

  private failed(error: Error): void {
    this.events.emit('journal_failed', { reason: error.message });
    const dropped = Object.values(this.counters.dropped).reduce((sum, records) => sum + records, 0);
    this.counters.lose('journal-failed', this.counters.seen - dropped - this.journaled);
  }

  private mark(): Mark {
    return { seen: this.counters.seen, dropped: { ...this.counters.dropped } };
  }
}
