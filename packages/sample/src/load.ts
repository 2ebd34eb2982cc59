import net from 'node:net';
import { systemClock } from '@logmaster/core/clock';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { localAddressFor } from './sender.ts';
import { createStampedChunk, type StampedChunk } from './stamped-lines.ts';

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  /** All connections together; Infinity sends as fast as the receiver takes it. */
  readonly recordsPerSecond: number;
  readonly connections: number;
  readonly seed: number;
  readonly framing: 'tcp-octets' | 'tcp-lines';
  /** Loopback address of the first connection; the next ones count on in the last part. Default 127.0.50.1. */
  readonly from?: string;
  /** Number of the first record. Default 1. */
  readonly firstNumber?: number;
  /** Longest line; by default they are as long as the devices write them. */
  readonly lineBytes?: number;
}

export interface Load extends Lifecycle {
  /** Records whose bytes the kernel took. Their numbers are contiguous from `firstNumber` once stopped without error. */
  readonly sent: number;
  /** Bytes of a framed line, on average. */
  readonly bytesPerLine: number;
  /** Records it is behind the wished rate because the receiver held it back. */
  readonly behind: number;
  /** Rejects when a connection breaks: a load test must not go on with less load. */
  readonly failed: Promise<never>;
}

const TICK_MILLIS = 10;
const CHUNK_LINES = 128;
/** Chunks a connection may have in flight: 4 × 128 × 700 bytes, about what the socket buffers hold. */
const CHUNKS_IN_FLIGHT = 4;

interface Lane {
  readonly socket: net.Socket;
  readonly idle: StampedChunk[];
}

/** Sends stamped FortiGate lines over several TCP connections at a steady rate with little CPU of its own. */
export function createLoad(options: LoadOptions): Load {
  const lanes: Lane[] = [];
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Also reported by whoever awaits `failed`; without this a failure after the test would end the process.
  failed.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  let owed = 0;
  let next = options.firstNumber ?? 1;
  let sent = 0;
  let stopping = false;
  let bytesPerLine = 0;

  function pump(): void {
    const at = performance.now();
    owed += Number.isFinite(options.recordsPerSecond) ? ((at - last) / 1000) * options.recordsPerSecond : 0;
    last = at;
    if (!Number.isFinite(options.recordsPerSecond)) owed = Number.MAX_SAFE_INTEGER;
    for (let progress = true; progress && owed >= 1; ) {
      progress = false;
      for (const lane of lanes) {
        const chunk = owed >= 1 ? lane.idle.pop() : undefined;
        if (!chunk) continue;
        progress = true;
        write(lane, chunk, Math.min(chunk.capacity, Math.floor(owed)));
      }
    }
  }

  function write(lane: Lane, chunk: StampedChunk, lines: number): void {
    owed -= lines;
    const bytes = chunk.stamp(lines, next);
    next += lines;
    lane.socket.write(bytes, (error) => {
      if (error) return;
      sent += lines;
      lane.idle.push(chunk);
      if (owed >= 1 && !stopping) pump();
    });
  }

  async function open(index: number): Promise<void> {
    const [a, b, c, d] = (options.from ?? '127.0.50.1').split('.').map(Number) as [number, number, number, number];
    const localAddress = localAddressFor(options.host, `${a}.${b}.${c}.${d + index}`);
    const socket = net.connect({ host: options.host, port: options.port, ...(localAddress ? { localAddress } : {}) });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.resume();
    socket.on('error', fail);
    socket.on('close', () => {
      if (!stopping) fail(new Error(`the receiver closed connection ${index + 1}`));
    });
    const idle = Array.from({ length: CHUNKS_IN_FLIGHT }, (_, chunk) =>
      createStampedChunk(
        options.framing,
        options.seed + index * CHUNKS_IN_FLIGHT + chunk,
        CHUNK_LINES,
        systemClock,
        options.lineBytes,
      ),
    );
    bytesPerLine = idle.reduce((sum, chunk) => sum + chunk.bytesPerLine, 0) / idle.length;
    lanes.push({ socket, idle });
  }

  return {
    name: 'load',
    failed,
    get sent() {
      return sent;
    },
    get bytesPerLine() {
      return bytesPerLine;
    },
    get behind() {
      return Number.isFinite(options.recordsPerSecond) ? Math.max(0, Math.floor(owed)) : 0;
    },
    async start() {
      for (let index = 0; index < options.connections; index++) await open(index);
      last = performance.now();
      timer = setInterval(pump, TICK_MILLIS);
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await Promise.all(
        lanes.map(
          ({ socket }) =>
            new Promise<void>((resolve) => {
              if (socket.destroyed) return resolve();
              socket.once('close', () => resolve());
              socket.end();
            }),
        ),
      );
    },
  };
}
