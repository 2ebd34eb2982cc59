import net from 'node:net';
import tls from 'node:tls';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createFleet } from '@logmaster/sample/fleet';
import { createRandom } from '@logmaster/sample/random';
import { type LedgerProtocol, type LedgerWire, wireOf } from './ledger/wires.ts';

/** What happened on one connection, kept outside the process that may be killed. */
export interface LedgerEntry {
  /** Stands in each of its records as ` conn=<name>`, so that a reused port can't mix two connections up. */
  readonly connection: string;
  readonly protocol: LedgerProtocol | 'udp';
  readonly localPort: number;
  /** Records 1 … handed were written to the socket, the last ones perhaps only into buffers. */
  handed: number;
  /** Records 1 … taken are in the kernel's hands: written out of this process. */
  taken: number;
  /** Records 1 … acknowledged were answered for; 0 where the protocol has no answers. */
  acknowledged: number;
  /** How it ended; undefined while it is open. `end` is this side's own closing. */
  ended: 'end' | 'broken' | undefined;
}

export interface LedgerSenderOptions {
  readonly host: string;
  readonly port: number;
  /** Kept open at the same time; a broken one is replaced by a new one with a ledger of its own. */
  readonly connections: number;
  readonly recordsPerSecond: number;
  readonly seed: number;
  /** Without it odd connections are `tcp-lines`, even ones `tcp-octets`. */
  readonly protocol?: LedgerProtocol;
  /** PEM of the authority that the receiver's certificate leads to; for `tls`. */
  readonly authority?: string;
}

export interface LedgerSender extends Lifecycle {
  /** Every connection ever opened, in order. */
  readonly ledger: readonly LedgerEntry[];
  /** Connections that are open now. */
  readonly open: number;
}

interface Lane {
  readonly entry: LedgerEntry;
  readonly wire: LedgerWire;
}

const TICK_MILLIS = 5;
const RETRY_MILLIS = 25;
/** The receiver's slowness shows here, not in this process' memory. */
const QUEUE_LIMIT_BYTES = 256 * 1024;
/** Records that may wait for their answers on one connection. */
const WINDOW = 500;

/** The place of a record in its connection's ledger, from its raw text. Of Beats the raw is JSON around the line. */
export function ledgerMark(raw: string): { readonly connection: string; readonly number: number } | undefined {
  const match = / conn=(\S+) seq=(\d+)(?:"\})?$/.exec(raw);
  return match ? { connection: match[1] as string, number: Number(match[2]) } : undefined;
}

/**
 * Sends realistic firewall records, numbered from 1 on each connection, and keeps the ledger of what was written and
 * what was acknowledged. Connections break when the receiver dies; new ones are tried until it is back. What an ended
 * connection had not delivered is not sent again: each record is sent once.
 */
export function createLedgerSender(options: LedgerSenderOptions): LedgerSender {
  const device = createFleet(options.seed)[0];
  if (!device) throw new Error('the fleet is empty');
  const random = createRandom(options.seed).fork('ledger');
  const ledger: LedgerEntry[] = [];
  const lanes = new Map<net.Socket, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  let pumpTimer: NodeJS.Timeout | undefined;
  let stopping = false;
  let opened = 0;
  let owed = 0;
  let last = 0;

  function dial(): { socket: net.Socket; connected: string } {
    const { host, port, protocol, authority } = options;
    if (protocol !== 'tls') return { socket: net.connect({ host, port }), connected: 'connect' };
    const socket = tls.connect({ host, port, servername: 'localhost', ...(authority ? { ca: authority } : {}) });
    return { socket, connected: 'secureConnect' };
  }

  function connect(): void {
    const { socket, connected } = dial();
    socket.setNoDelay(true);
    socket.on(connected, () => {
      opened += 1;
      const protocol = options.protocol ?? (opened % 2 === 1 ? 'tcp-lines' : 'tcp-octets');
      const lane: Lane = {
        wire: wireOf(protocol),
        entry: {
          connection: `${options.seed}-${opened}`,
          protocol,
          localPort: socket.localPort ?? 0,
          handed: 0,
          taken: 0,
          acknowledged: 0,
          ended: undefined,
        },
      };
      ledger.push(lane.entry);
      lanes.set(socket, lane);
      if (lane.wire.hello) socket.write(lane.wire.hello);
      if (stopping) socket.end();
    });
    socket.on('data', (chunk) => {
      const lane = lanes.get(socket);
      if (lane) lane.entry.acknowledged += lane.wire.heard?.(chunk) ?? 0;
    });
    // A refused or broken connection shows as `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const lane = lanes.get(socket);
      lanes.delete(socket);
      if (lane) lane.entry.ended ??= 'broken';
      if (stopping) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        connect();
      }, RETRY_MILLIS);
      timers.add(timer);
    });
  }

  function write(socket: net.Socket, { entry, wire }: Lane, records: number): void {
    const lines: string[] = [];
    for (let count = 0; count < records; count++)
      lines.push(`${device?.next(Date.now() * 1000)} conn=${entry.connection} seq=${++entry.handed}`);
    const upTo = entry.handed;
    socket.write(wire.encode(lines), (error) => {
      if (!error) entry.taken = upTo;
    });
  }

  const unanswered = ({ entry, wire }: Lane) => (wire.heard ? entry.handed - entry.acknowledged : 0);

  function pump(): void {
    const at = performance.now();
    // At most a second of debt: after an outage the sender goes on, it does not replay what nobody could take.
    owed = Math.min(owed + ((at - last) / 1000) * options.recordsPerSecond, options.recordsPerSecond);
    last = at;
    while (owed >= 1) {
      const ready = [...lanes].filter(
        ([socket, lane]) => socket.writableLength < QUEUE_LIMIT_BYTES && unanswered(lane) < WINDOW,
      );
      if (ready.length === 0) break;
      const lane = random.pick(ready);
      const records = Math.min(Math.floor(owed), random.int(1, 20));
      owed -= records;
      write(lane[0], lane[1], records);
    }
  }

  /** Ends a connection after its last whole record, and after the last answer to it. */
  async function end(socket: net.Socket, lane: Lane): Promise<void> {
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const answered = new Promise<void>((resolve) => {
      const look = () => unanswered(lane) === 0 && resolve();
      socket.on('data', look);
      look();
    });
    await Promise.race([closed, answered]);
    if (socket.writable) {
      socket.end(() => {
        lane.entry.ended ??= 'end';
      });
    }
    await closed;
  }

  return {
    name: 'ledger sender',
    ledger,
    get open() {
      return lanes.size;
    },
    async start() {
      for (let slot = 0; slot < options.connections; slot++) connect();
      last = performance.now();
      pumpTimer = setInterval(pump, TICK_MILLIS);
    },
    async stop() {
      stopping = true;
      clearInterval(pumpTimer);
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...lanes].map(([socket, lane]) => end(socket, lane)));
    },
  };
}
