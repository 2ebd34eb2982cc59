import { once } from 'node:events';
import net from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createFrameSplitter, type FrameSplitter } from '@logmaster/parsers/framing/stream';
import type { Events } from '@logmaster/telemetry/events';
import type { JournalSource } from '../journal/decode.ts';
import { listenError } from './listen-error.ts';
import type { Receiver } from './receiver.ts';
import { canonicalAddress } from './source-address.ts';

interface Connection {
  readonly socket: net.Socket;
  readonly source: JournalSource;
  readonly splitter: FrameSplitter;
}

/** Each may hold a record of 64 KiB and a chunk as large. */
const MAX_CONNECTIONS = 2000;
const KEEP_ALIVE_MS = 60_000;
/** At a stop: what the kernel still holds is read until nothing has come for this long, at most the deadline. */
const QUIET_MS = 100;
const DRAIN_MS = 2000;

/** Syslog over TCP (RFC 6587). Senders are slowed, never cut off, when the disk can't follow. */
export class TcpSource implements Lifecycle {
  readonly name = 'syslog tcp';
  private readonly options: { host: string; port: number; receiver: Receiver; events: Events; maxConnections?: number };
  private readonly connections = new Set<Connection>();
  private server: net.Server | undefined;
  private paused = false;
  private lastData = 0;

  constructor(options: { host: string; port: number; receiver: Receiver; events: Events; maxConnections?: number }) {
    this.options = options;
  }

  get open(): number {
    return this.connections.size;
  }

  async start(): Promise<void> {
    const { host, port } = this.options;
    const server = net.createServer(
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
      (socket) => this.accept(socket),
    );
    try {
      server.listen(port, host);
      await once(server, 'listening');
    } catch (error) {
      throw listenError(error, 'syslog TCP', host, port, '--syslog-port');
    }
    this.server = server;
  }

  /** Called after each commit: sockets that were paused go on once there is room. */
  resume(): void {
    if (!this.paused || !this.options.receiver.drained || this.options.receiver.failed) return;
    this.paused = false;
    for (const { socket } of this.connections) socket.resume();
  }

  async stop(): Promise<void> {
    this.server?.close();
    for (const { socket } of this.connections) socket.end();
    const deadline = performance.now() + DRAIN_MS;
    this.lastData = performance.now();
    while (this.connections.size > 0 && performance.now() < deadline) {
      if (performance.now() - this.lastData > QUIET_MS) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const { socket } of this.connections) socket.destroy();
    for (const connection of [...this.connections]) this.close(connection);
  }

  private accept(socket: net.Socket): void {
    const { receiver, events, maxConnections = MAX_CONNECTIONS } = this.options;
    const address = canonicalAddress(socket.remoteAddress ?? '');
    if (this.connections.size >= maxConnections || address === '') {
      receiver.counters.note('connection_refused');
      events.emit('connection_refused', { address });
      socket.destroy();
      return;
    }
    const source = receiver.source('tcp', address, socket.remotePort ?? 0);
    const splitter = createFrameSplitter({
      ...receiver.framing,
      onRecord: (bytes, flags) => receiver.take(source, bytes, flags),
    });
    const connection = { socket, source, splitter };
    this.connections.add(connection);
    if (this.paused) socket.pause();
    socket.on('data', (chunk) => this.receive(connection, chunk));
    socket.on('error', (error) => events.emit('connection_failed', { address, reason: error.message }));
    socket.on('close', () => this.close(connection));
  }

  private receive(connection: Connection, chunk: Buffer): void {
    this.lastData = performance.now();
    connection.splitter.push(chunk);
    const { receiver, events } = this.options;
    if (this.paused || !(receiver.full || receiver.failed)) return;
    this.paused = true;
    events.emit('receive_paused');
    for (const { socket } of this.connections) socket.pause();
  }

  private close(connection: Connection): void {
    if (this.connections.delete(connection)) connection.splitter.end();
  }
}
