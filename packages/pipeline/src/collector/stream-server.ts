import type net from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Transport } from '@logmaster/core/record';
import { readProxyHeader } from '@logmaster/parsers/framing/proxy-header';
import type { Events } from '@logmaster/telemetry/events';
import type { AddressRanges } from './address-ranges.ts';
import { Connection, PAUSE } from './connection.ts';
import type { ConnectionCounter } from './connection-limits.ts';
import { type Endpoint, listenTcp } from './listener.ts';
import { type Origin, readOrigin } from './proxy-door.ts';
import type { Receiver } from './receiver.ts';
import type { Peer, Session } from './session.ts';
import { canonicalAddress } from './source-address.ts';
import type { TlsDoor, TlsFailure } from './tls-door.ts';

export interface StreamTimeouts {
  /** From the connection's beginning to its first byte. */
  readonly firstByteMs: number;
  /** Without any byte. */
  readonly idleMs: number;
  /** Without a whole record while one has begun: a sender that drips its bytes holds memory for nothing. */
  readonly stallMs: number;
}

export interface StreamServerOptions {
  /** As in messages: `syslog TLS`. */
  readonly what: string;
  readonly transport: Transport;
  /** Start option that changes the port. */
  readonly option: string;
  readonly endpoint: Endpoint;
  readonly receiver: Receiver;
  readonly events: Events;
  readonly counter: ConnectionCounter;
  readonly timeouts: StreamTimeouts;
  readonly tls?: TlsDoor;
  /** Load balancers that begin each connection with a PROXY header. */
  readonly proxies?: AddressRanges | undefined;
  readonly session: (peer: Peer, receiver: Receiver) => Session;
}

/** A load balancer sends its header with the first packet. */
const PROXY_HEADER_MS = 10_000;
/** A larger debt is looked at again after this. */
const MOST_WAIT_MS = 5000;
const SWEEP_MS = 1000;
/** At a stop: what the kernel still holds is read until nothing has come for this long, at most the deadline. */
const QUIET_MS = 100;
const DRAIN_MS = 2000;

/** A port that takes connections of one protocol. Senders are slowed, never cut off, when the journal can't follow. */
export class StreamServer implements Lifecycle {
  readonly name: string;
  private readonly options: StreamServerOptions;
  private readonly connections = new Set<Connection>();
  /** All accepted sockets, those still in a handshake included. */
  private readonly accepted = new Set<net.Socket>();
  /** Connections that stand still because their source has more than its share. */
  private readonly slowed = new Set<Connection>();
  /** Origins of sockets on their way through TLS, by their peer. */
  private readonly origins = new Map<string, Origin>();
  private server: net.Server | undefined;
  private sweeper: NodeJS.Timeout | undefined;
  private paused = false;
  private lastData = 0;

  constructor(options: StreamServerOptions) {
    this.options = options;
    this.name = options.what;
  }

  get open(): number {
    return this.connections.size;
  }

  async start(): Promise<void> {
    const { endpoint, tls } = this.options;
    await tls?.start({
      secured: (socket, identity) => this.secured(socket, identity),
      failed: (socket, reason) => this.handshakeFailed(socket, reason),
    });
    this.server = await listenTcp(endpoint, this.options, (socket) => this.accept(socket)).catch(async (error) => {
      await tls?.stop();
      throw error;
    });
    this.sweeper = setInterval(() => this.sweep(), Math.min(SWEEP_MS, this.options.timeouts.firstByteMs));
  }

  /** Called after each commit: acknowledgements go out, and connections that were paused go on once there is room. */
  committed(): void {
    for (const connection of this.connections) this.settle(connection);
    const { receiver } = this.options;
    if (receiver.failed) return;
    for (const connection of this.slowed) {
      if (receiver.overShare(connection.source.address)) continue;
      this.slowed.delete(connection);
      connection.resume(PAUSE.share);
    }
    if (!this.paused || !receiver.drained) return;
    this.paused = false;
    for (const connection of this.connections) connection.resume(PAUSE.full);
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
    this.server?.close();
    for (const connection of this.connections) {
      if (connection.session?.unsettled === undefined) connection.socket.end();
      else connection.pause(PAUSE.closing);
    }
    await this.readUntilQuiet();
    await this.options.receiver.commit();
    for (const connection of [...this.connections]) {
      connection.session?.settle?.();
      connection.session?.farewell?.();
    }
    await this.flushed();
    for (const connection of [...this.connections]) {
      connection.socket.destroy();
      this.close(connection);
    }
    for (const socket of this.accepted) socket.destroy();
    await this.options.tls?.stop();
  }

  private accept(socket: net.Socket): void {
    const { counter, proxies } = this.options;
    const peer = { address: canonicalAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
    if (peer.address === '') {
      socket.destroy();
      return;
    }
    if (this.options.receiver.failed) {
      this.refuse(socket, peer.address);
      return;
    }
    this.accepted.add(socket);
    socket.once('close', () => this.accepted.delete(socket));
    // While nobody else listens: an error is followed by `close`, and that is what is acted on.
    socket.on('error', () => undefined);
    if (!proxies?.has(peer.address)) this.admit(socket, peer);
    else if (counter.enterUnnamed()) void this.askOrigin(socket, peer);
    else this.refuse(socket, peer.address);
  }

  /** A load balancer has connected: it says first for whom. */
  private async askOrigin(socket: net.Socket, peer: Origin): Promise<void> {
    const { counter, receiver, events, timeouts } = this.options;
    const origin = await readOrigin(socket, Math.min(timeouts.firstByteMs, PROXY_HEADER_MS));
    counter.leaveUnnamed();
    if (origin === undefined) socket.destroy();
    else if (typeof origin === 'object') this.admit(socket, origin);
    else {
      receiver.counters.note(origin);
      events.emit('proxy_refused', { reason: origin, address: peer.address });
      socket.destroy();
    }
  }

  private admit(socket: net.Socket, origin: Origin): void {
    const { counter, tls } = this.options;
    if (!counter.enter(origin.address)) {
      this.refuse(socket, origin.address);
      return;
    }
    // Also of a socket that was closed while its header was read.
    if (socket.destroyed) counter.leave(origin.address);
    else socket.once('close', () => counter.leave(origin.address));
    if (tls === undefined) {
      this.begin(socket, origin);
      // A socket whose header was read stands still.
      socket.resume();
      return;
    }
    const key = peerKey(socket);
    this.origins.set(key, origin);
    socket.once('close', () => this.origins.delete(key));
    tls.upgrade(socket);
  }

  private refuse(socket: net.Socket, address: string): void {
    this.options.receiver.counters.note('connection_refused');
    this.options.events.emit('connection_refused', { address, port: this.options.endpoint.port });
    socket.destroy();
  }

  private secured(socket: net.Socket, identity: string | undefined): void {
    const origin = this.origins.get(peerKey(socket));
    if (origin === undefined) socket.destroy();
    else this.begin(socket, origin, identity);
  }

  private handshakeFailed(socket: net.Socket, reason: TlsFailure): void {
    const { receiver, events } = this.options;
    receiver.counters.note(reason);
    events.emit('tls_failed', { reason, address: canonicalAddress(socket.remoteAddress ?? '') });
  }

  private begin(socket: net.Socket, { address, port }: Origin, identity?: string): void {
    const { receiver, events, transport } = this.options;
    const source = { transport, address, port, ...(identity === undefined ? {} : { identity }) };
    const connection = new Connection(socket, source, (reason) =>
      events.emit('frame_refused', { what: this.name, address, reason }),
    );
    connection.session = this.options.session(connection, receiver);
    this.connections.add(connection);
    if (this.paused) connection.pause(PAUSE.full);
    socket.on('data', (chunk: Buffer) => this.receive(connection, chunk));
    socket.on('end', () => this.endOfInput(connection));
    socket.on('error', (error) => events.emit('connection_failed', { address, reason: error.message }));
    socket.on('close', () => this.close(connection));
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
    this.slow(connection);
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
      this.slow(connection);
    };
    work.then(done, (error: unknown) => {
      this.options.events.emit('connection_failed', { address: connection.source.address, reason: String(error) });
      connection.close();
    });
  }

  /** Asked after each chunk: does this connection, or do all, have to stand still? */
  private slow(connection: Connection): void {
    const { receiver, events } = this.options;
    const { address } = connection.source;
    if (receiver.overShare(address)) {
      this.slowed.add(connection);
      connection.pause(PAUSE.share);
    }
    const wait = receiver.waitMs(address);
    if (wait > 0) this.wait(connection, wait);
    if (this.paused || !(receiver.full || receiver.failed)) return;
    this.paused = true;
    events.emit('receive_paused');
    for (const each of this.connections) each.pause(PAUSE.full);
  }

  /** A source of many connections pays its debt on each of them, so they come back one after the other. */
  private wait(connection: Connection, ms: number): void {
    connection.pause(PAUSE.rate);
    this.options.receiver.counters.note('slowed_to_rate');
    clearTimeout(connection.waiting);
    connection.waiting = setTimeout(() => connection.resume(PAUSE.rate), Math.min(ms, MOST_WAIT_MS));
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
    this.slowed.delete(connection);
    clearTimeout(connection.waiting);
    if (this.connections.delete(connection)) connection.session?.end();
  }

  private sweep(): void {
    const now = performance.now();
    const { firstByteMs, idleMs, stallMs } = this.options.timeouts;
    for (const connection of this.connections) {
      connection.session?.settle?.();
      if (!connection.spoke) {
        if (now - connection.openedAt > firstByteMs) this.expire(connection, 'first_byte_timeout');
      } else if (connection.session?.unfinished && now - connection.lastWholeAt > stallMs) {
        // A connection that we don't read is not to blame for its record's end being late.
        if (connection.reading) this.expire(connection, 'stalled');
      } else if (now - connection.lastByteAt > idleMs && connection.settled) {
        this.expire(connection, 'idle_timeout');
      }
    }
  }

  private expire(connection: Connection, reason: 'first_byte_timeout' | 'idle_timeout' | 'stalled'): void {
    const { receiver, events } = this.options;
    if (connection.closing) return;
    receiver.counters.note(reason);
    events.emit('connection_expired', { reason, address: connection.source.address });
    connection.close();
  }

  private async readUntilQuiet(): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    this.lastData = performance.now();
    while (this.reading > 0 && performance.now() < deadline) {
      if (performance.now() - this.lastData > QUIET_MS) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private get reading(): number {
    let reading = 0;
    for (const connection of this.connections) if (!connection.closing) reading += 1;
    return reading;
  }

  /** Last words are in the kernel's hands, or their receiver does not take them. */
  private async flushed(): Promise<void> {
    const deadline = performance.now() + QUIET_MS;
    const unsent = () => [...this.connections].some(({ socket }) => !socket.destroyed && socket.writableLength > 0);
    while (unsent() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Unique among the open connections of a port; a socket and its TLS socket have the same. */
function peerKey(socket: net.Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
