import type net from 'node:net';
import type { Events } from '@logmaster/telemetry/events';
import type { ConnectionCounter } from '../limits/connection-limits.ts';
import type { Receiver } from '../receiver.ts';
import type { AddressRanges } from './address-ranges.ts';
import { type Endpoint, listenTcp } from './listener.ts';
import { type Origin, readOrigin } from './proxy-door.ts';
import { canonicalAddress } from './source-address.ts';
import type { TlsDoor, TlsFailure } from './tls-door.ts';

export interface StreamDoorOptions {
  /** As in messages: `syslog TLS`. */
  readonly what: string;
  /** Start option that changes the port. */
  readonly option: string;
  readonly endpoint: Endpoint;
  readonly receiver: Receiver;
  readonly events: Events;
  readonly counter: ConnectionCounter;
  readonly timeouts: { readonly firstByteMs: number };
  readonly tls?: TlsDoor;
  /** Load balancers that begin each connection with a PROXY header. */
  readonly proxies?: AddressRanges | undefined;
}

/** A connection that was let in: its origin is known, and its handshake, if it has one, is over. */
export type Begin = (socket: net.Socket, origin: Origin, identity?: string) => void;

/** A load balancer sends its header with the first packet. */
const PROXY_HEADER_MS = 10_000;

/** Lets connections in: limits, the PROXY header, the TLS handshake, in this order. */
export class StreamDoor {
  private readonly options: StreamDoorOptions;
  private readonly begin: Begin;
  /** All accepted sockets, those still in a handshake included. */
  private readonly accepted = new Set<net.Socket>();
  /** Origins of sockets on their way through TLS, by their peer. */
  private readonly origins = new Map<string, Origin>();
  private server: net.Server | undefined;

  constructor(options: StreamDoorOptions, begin: Begin) {
    this.options = options;
    this.begin = begin;
  }

  async open(): Promise<void> {
    const { endpoint, tls } = this.options;
    await tls?.start({
      secured: (socket, identity) => this.secured(socket, identity),
      failed: (socket, reason) => this.handshakeFailed(socket, reason),
    });
    this.server = await listenTcp(endpoint, this.options, (socket) => this.accept(socket)).catch(async (error) => {
      await tls?.stop();
      throw error;
    });
  }

  /** No new connection; what is on its way through a handshake goes on. */
  close(): void {
    this.server?.close();
  }

  /** The sockets that are still there are destroyed. */
  async stop(): Promise<void> {
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
}

/** Unique among the open connections of a port; a socket and its TLS socket have the same. */
function peerKey(socket: net.Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
