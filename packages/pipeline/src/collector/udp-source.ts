import dgram from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { readDatagram } from '@logmaster/parsers/framing/datagram';
import type { JournalSource } from '../journal/decode.ts';
import { kernelDrops } from './kernel-drops.ts';
import { listenError } from './listen-error.ts';
import type { Receiver } from './receiver.ts';
import { canonicalAddress } from './source-address.ts';
import { UNKNOWN_SOURCE } from './source-counters.ts';

/** Asked for; the kernel gives at most net.core.rmem_max. A burst larger than this is lost in the kernel, and counted. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
/** Senders whose source object is kept; beyond, the table is begun anew. */
const MAX_PEERS = 20_000;
const DROPS_EVERY_MS = 1000;

/** Syslog over UDP (RFC 5426): one datagram is one record. */
export class UdpSource implements Lifecycle {
  readonly name = 'syslog udp';
  private readonly host: string;
  private readonly port: number;
  private readonly receiver: Receiver;
  private readonly peers = new Map<string, JournalSource>();
  private socket: dgram.Socket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private countedDrops = 0;

  constructor(options: { host: string; port: number; receiver: Receiver }) {
    this.host = options.host;
    this.port = options.port;
    this.receiver = options.receiver;
  }

  async start(): Promise<void> {
    const socket = dgram.createSocket({
      type: isIPv6(this.host) ? 'udp6' : 'udp4',
      recvBufferSize: RECEIVE_BUFFER_BYTES,
    });
    try {
      socket.bind(this.port, this.host);
      await once(socket, 'listening');
    } catch (error) {
      throw listenError(error, 'syslog UDP', this.host, this.port, '--syslog-port');
    }
    this.socket = socket;
    this.countedDrops = await kernelDrops(this.port);
    socket.on('message', (datagram, peer) => this.receive(datagram, peer));
    // A datagram that could not be read is gone; the socket goes on.
    socket.on('error', () => this.receiver.counters.note('udp_error'));
    this.timer = setInterval(() => void this.countDrops(), DROPS_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    if (this.socket === undefined) return;
    // What is in the kernel's buffer comes out within the next turns of the event loop.
    let before = -1;
    while (before !== this.receiver.counters.seen && !this.receiver.full) {
      before = this.receiver.counters.seen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await this.countDrops();
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  private receive(datagram: Buffer, peer: dgram.RemoteInfo): void {
    const source = this.sourceOf(peer);
    const record = readDatagram(datagram, this.receiver.framing);
    if (record === undefined) return;
    this.receiver.takeDatagram(source, record.bytes, record.flags);
  }

  private sourceOf(peer: dgram.RemoteInfo): JournalSource {
    const key = `${peer.address} ${peer.port}`;
    const known = this.peers.get(key);
    if (known !== undefined) return known;
    if (this.peers.size >= MAX_PEERS) this.peers.clear();
    const source = { transport: 'udp' as const, address: canonicalAddress(peer.address), port: peer.port };
    this.peers.set(key, source);
    return source;
  }

  private async countDrops(): Promise<void> {
    const drops = await kernelDrops(this.port);
    if (drops > this.countedDrops) {
      this.receiver.counters.drop(UNKNOWN_SOURCE, 'kernel-buffer-full', drops - this.countedDrops);
    }
    this.countedDrops = drops;
  }
}
