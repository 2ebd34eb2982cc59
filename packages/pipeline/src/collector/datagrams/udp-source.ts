import dgram from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Events } from '@logmaster/telemetry/events';
import type { JournalSource } from '../../journal/decode.ts';
import { DropCounter } from '../accounts/drop-counter.ts';
import { UNKNOWN_SOURCE } from '../accounts/source-counters.ts';
import type { Receiver } from '../receiver.ts';
import { listenError } from '../stream/listen-error.ts';
import type { Endpoint } from '../stream/listener.ts';
import { canonicalAddress } from '../stream/source-address.ts';
import { kernelDrops } from './kernel-drops.ts';

/** Asked for; the kernel gives at most net.core.rmem_max. A burst larger than this is lost in the kernel, and counted. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
/** Below, a pause of 0.1 s at 20 000 records/s loses some. */
const SMALL_BUFFER_BYTES = 1024 * 1024;
/** Senders whose source object is kept; beyond, the table is begun anew. */
const MAX_PEERS = 20_000;
const DROPS_EVERY_MS = 1000;

export interface UdpState {
  /** Bytes of receive buffer, as net.core.rmem_max counts them. */
  readonly askedBytes: number;
  readonly grantedBytes: number;
  /** Datagrams the kernel dropped, as counted here so far. */
  readonly kernelDrops: number;
}

export interface UdpSourceOptions {
  readonly transport: 'udp' | 'radius';
  /** As in messages: `syslog UDP`, `--syslog-port`. */
  readonly what: string;
  readonly option: string;
  readonly endpoint: Endpoint;
  /** `answer` sends a datagram back to where this one came from. */
  readonly onDatagram: (datagram: Buffer, source: JournalSource, answer: (bytes: Buffer) => void) => void;
  /** Before the socket is closed: what waits for a commit may still be answered. */
  readonly onEmptied?: () => Promise<void>;
  readonly receiver: Receiver;
  readonly events: Events;
  /** Drops of an inherited socket that were counted by the process before. */
  readonly counted?: Readonly<Record<string, number>> | undefined;
  readonly countsDrops?: boolean | undefined;
}

/** A port that takes datagrams, with what the kernel drops of them counted. */
export class UdpSource implements Lifecycle {
  readonly name: string;
  private readonly options: UdpSourceOptions;
  private readonly peers = new Map<string, JournalSource>();
  private drops: DropCounter;
  private socket: dgram.Socket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private counting = Promise.resolve();
  private left = false;
  private dropped = 0;
  private grantedBytes = 0;

  constructor(options: UdpSourceOptions) {
    this.options = options;
    this.name = options.what;
    this.drops = new DropCounter(options.counted);
  }

  get state(): UdpState {
    const { dropped: kernelDropped, grantedBytes } = this;
    return { askedBytes: RECEIVE_BUFFER_BYTES, grantedBytes, kernelDrops: kernelDropped };
  }

  /** Of the sockets' totals: what has been counted, for whoever takes the sockets over. Undefined: not counted here. */
  get counted(): Readonly<Record<string, number>> | undefined {
    return this.options.countsDrops === false ? undefined : this.drops.state;
  }

  /** Before the start: a process that died has counted so far. */
  inherit(counted: Readonly<Record<string, number>>): void {
    this.drops = new DropCounter(counted);
  }

  async start(): Promise<void> {
    const { endpoint, receiver, events, what, option } = this.options;
    const { host, port, fd } = endpoint;
    const socket = dgram.createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
    // Before `bind`, which with a descriptor tells it at once.
    const listening = once(socket, 'listening');
    try {
      if (fd === undefined) socket.bind(port, host);
      else socket.bind({ fd });
      await listening;
    } catch (error) {
      throw listenError(error, what, host, port, option);
    }
    this.socket = socket;
    // The kernel tells twice what it was asked for: half is for its own bookkeeping (socket(7)).
    this.grantedBytes = socket.getRecvBufferSize() / (process.platform === 'linux' ? 2 : 1);
    if (this.grantedBytes < SMALL_BUFFER_BYTES)
      events.emit('udp_buffer_small', { asked: RECEIVE_BUFFER_BYTES, granted: this.grantedBytes });
    socket.on('message', (datagram, peer) => this.receive(socket, datagram, peer));
    // A datagram that could not be read is gone; the socket goes on.
    socket.on('error', () => receiver.counters.note('udp_error'));
    this.timer = setInterval(() => void this.countDrops(), DROPS_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    if (this.socket === undefined) return;
    await this.emptied();
    await this.options.onEmptied?.();
    await this.countDrops();
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  /** What the kernel holds is for the process that takes the socket over. */
  leave(): void {
    this.left = true;
  }

  /** What is in the kernel's buffer comes out within the next turns of the event loop. */
  private async emptied(): Promise<void> {
    if (this.left) return;
    const { receiver } = this.options;
    let before = -1;
    while (before !== receiver.counters.seen && !receiver.full) {
      before = receiver.counters.seen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private receive(socket: dgram.Socket, datagram: Buffer, peer: dgram.RemoteInfo): void {
    const { address, port } = peer;
    this.options.onDatagram(datagram, this.sourceOf(peer), (bytes) => {
      // An answer that can't be sent is as one that got lost: who waits for it asks again.
      if (this.socket === socket) socket.send(bytes, port, address, () => undefined);
    });
  }

  private sourceOf(peer: dgram.RemoteInfo): JournalSource {
    const key = `${peer.address} ${peer.port}`;
    const known = this.peers.get(key);
    if (known !== undefined) return known;
    if (this.peers.size >= MAX_PEERS) this.peers.clear();
    const source = { transport: this.options.transport, address: canonicalAddress(peer.address), port: peer.port };
    this.peers.set(key, source);
    return source;
  }

  /** One after the other: of two that overlap, one would take an older total for a newer one. */
  private countDrops(): Promise<void> {
    if (this.options.countsDrops === false) return Promise.resolve();
    this.counting = this.counting.then(() => this.takeDrops());
    return this.counting;
  }

  private async takeDrops(): Promise<void> {
    const fresh = this.drops.take(await kernelDrops(this.options.endpoint.port));
    this.dropped += fresh;
    if (fresh === 0) return;
    // Whose they were nobody knows.
    const kernel = { address: UNKNOWN_SOURCE, transport: this.options.transport };
    this.options.receiver.counters.drop(kernel, 'kernel-buffer-full', fresh);
  }
}
