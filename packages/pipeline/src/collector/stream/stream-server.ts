import type net from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Transport } from '@logmaster/core/record';
import { readProxyHeader } from '@logmaster/parsers/framing/proxy-header';
import type { Receiver } from '../receiver.ts';
import type { Peer, Session } from '../sessions/session.ts';
import { Connection, PAUSE } from './connection.ts';
import type { Origin } from './proxy-door.ts';
import { StreamDoor, type StreamDoorOptions } from './stream-door.ts';
import { flushed, readUntilQuiet } from './stream-quiet.ts';
import { StreamSlowing } from './stream-slowing.ts';
import { expiryOf, type StreamTimeouts } from './stream-timeouts.ts';

export interface StreamServerOptions extends StreamDoorOptions {
  readonly transport: Transport;
  readonly timeouts: StreamTimeouts;
  readonly session: (peer: Peer, receiver: Receiver) => Session;
}

const SWEEP_MS = 1000;

/** A port that takes connections of one protocol. Senders are slowed, never cut off, when the journal can't follow. */
export class StreamServer implements Lifecycle {
  readonly name: string;
  private readonly options: StreamServerOptions;
  private readonly connections = new Set<Connection>();
  private readonly door: StreamDoor;
  private readonly slowing: StreamSlowing;
  private sweeper: NodeJS.Timeout | undefined;
  private lastData = 0;

  constructor(options: StreamServerOptions) {
    this.options = options;
    this.name = options.what;
    this.door = new StreamDoor(options, (socket, origin, identity) => this.begin(socket, origin, identity));
    this.slowing = new StreamSlowing(this.connections, options.receiver, options.events);
  }

  get transport(): Transport {
    return this.options.transport;
  }

  get open(): number {
    return this.connections.size;
  }

  async start(): Promise<void> {
    await this.door.open();
    this.sweeper = setInterval(() => this.sweep(), Math.min(SWEEP_MS, this.options.timeouts.firstByteMs));
  }

  /** Called after each commit: acknowledgements go out, and connections that were paused go on once there is room. */
  committed(): void {
    for (const connection of this.connections) this.settle(connection);
    this.slowing.release();
  }

  /**
   * The journal has failed, and nothing will be taken or acknowledged any more: whoever has another receiver shall go
   * there, and whoever waits for an answer shall not wait.
   */
  failed(): void {
    for (const connection of this.connections) connection.socket.destroy();
  }

  /** Takes what the kernel holds for plain connections; what a sender waits to see acknowledged it would send again. */
  async stop(): Promise<void> {
    clearInterval(this.sweeper);
    this.door.close();
    for (const connection of this.connections) {
      if (connection.session?.unsettled === undefined) connection.socket.end();
      else connection.pause(PAUSE.closing);
    }
    await readUntilQuiet(this.connections, () => this.lastData);
    await this.options.receiver.commit();
    for (const connection of [...this.connections]) {
      connection.session?.settle?.();
      connection.session?.farewell?.();
    }
    await flushed(this.connections);
    for (const connection of [...this.connections]) {
      connection.socket.destroy();
      this.close(connection);
    }
    await this.door.stop();
  }

  private begin(socket: net.Socket, { address, port }: Origin, identity?: string): void {
    const { receiver, events, transport } = this.options;
    const source = { transport, address, port, ...(identity === undefined ? {} : { identity }) };
    const connection = new Connection(socket, source, (reason) =>
      events.emit('frame_refused', { what: this.name, address, reason }),
    );
    connection.session = this.options.session(connection, receiver);
    this.connections.add(connection);
    this.slowing.begin(connection);
    socket.on('data', (chunk: Buffer) => this.receive(connection, chunk));
    socket.on('end', () => this.endOfInput(connection));
    socket.on('error', (error) => events.emit('connection_failed', { address, reason: error.message }));
    socket.on('close', () => this.close(connection));
    // A socket whose PROXY header was read stands still. So does one that is to stand still with the others.
    if (connection.reading) socket.resume();
  }

  private receive(connection: Connection, chunk: Buffer): void {
    const { session } = connection;
    if (session === undefined || connection.closing) return;
    const now = performance.now();
    this.lastData = now;
    if (!connection.spoke && this.options.tls === undefined) this.lookAtFirst(connection, chunk);
    connection.spoke = true;
    connection.lastByteAt = now;
    const before = this.options.receiver.taken;
    const work = session.push(chunk);
    if (this.options.receiver.taken !== before || !session.unfinished) connection.lastWholeAt = now;
    if (work !== undefined) this.await(connection, work);
    this.slowing.slow(connection);
  }

  /** A PROXY header of somebody who is not listed is data like any other: anybody could claim to be anybody. */
  private lookAtFirst({ source }: Connection, chunk: Buffer): void {
    if (readProxyHeader(chunk).kind !== 'header') return;
    this.options.receiver.counters.note('proxy_header_unlisted');
    this.options.events.emit('proxy_refused', { reason: 'proxy_header_unlisted', address: source.address });
  }

  private await(connection: Connection, work: Promise<undefined>): void {
    connection.pause(PAUSE.work);
    const done = () => {
      connection.lastWholeAt = performance.now();
      connection.resume(PAUSE.work);
      this.settle(connection);
      this.slowing.slow(connection);
    };
    work.then(done, (error: unknown) => {
      this.options.events.emit('connection_failed', { address: connection.source.address, reason: String(error) });
      connection.close();
    });
  }

  private settle(connection: Connection): void {
    connection.session?.settle?.();
    if (connection.ended && connection.settled) connection.socket.end();
  }

  private endOfInput(connection: Connection): void {
    connection.ended = true;
    this.settle(connection);
  }

  private close(connection: Connection): void {
    this.slowing.forget(connection);
    if (this.connections.delete(connection)) connection.session?.end();
  }

  /** Closes the connections whose time is over. */
  private sweep(): void {
    const now = performance.now();
    const { receiver, events, timeouts } = this.options;
    for (const connection of this.connections) {
      connection.session?.settle?.();
      const reason = expiryOf(connection, timeouts, now);
      if (reason === undefined) continue;
      receiver.counters.note(reason);
      events.emit('connection_expired', { reason, address: connection.source.address });
      connection.close();
    }
  }
}
