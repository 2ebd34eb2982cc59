import net from 'node:net';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createFleet } from '@logmaster/sample/fleet';
import { createRandom } from '@logmaster/sample/random';

/** What happened on one TCP connection, kept outside the process that may be killed. */
export interface LedgerEntry {
  /** Stands in each of its records as ` conn=<name>`, so that a reused port can't mix two connections up. */
  readonly connection: string;
  readonly localPort: number;
  /** Records 1 … handed were written to the socket, the last ones perhaps only into buffers. */
  handed: number;
  /** Records 1 … taken are in the kernel's hands: written out of this process. */
  taken: number;
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
  /** Odd connections use LF framing, even ones octet counting, unless this says otherwise. */
  readonly framing?: 'tcp-octets' | 'tcp-lines';
}

export interface LedgerSender extends Lifecycle {
  /** Every connection ever opened, in order. */
  readonly ledger: readonly LedgerEntry[];
  /** Connections that are open now. */
  readonly open: number;
}

const TICK_MILLIS = 5;
const RETRY_MILLIS = 25;
/** The receiver's slowness shows here, not in this process' memory. */
const QUEUE_LIMIT_BYTES = 256 * 1024;

/** The place of a record in its connection's ledger, from its raw text. */
export function ledgerMark(raw: string): { readonly connection: string; readonly number: number } | undefined {
  const match = / conn=(\S+) seq=(\d+)$/.exec(raw);
  return match ? { connection: match[1] as string, number: Number(match[2]) } : undefined;
}

/**
 * Sends realistic firewall records over TCP, numbered from 1 on each connection, and keeps the ledger of what was
 * written. Connections break when the receiver dies; new ones are tried until it is back.
 */
export function createLedgerSender(options: LedgerSenderOptions): LedgerSender {
  const device = createFleet(options.seed)[0];
  if (!device) throw new Error('the fleet is empty');
  const random = createRandom(options.seed).fork('ledger');
  const ledger: LedgerEntry[] = [];
  const lanes = new Map<net.Socket, LedgerEntry>();
  const timers = new Set<NodeJS.Timeout>();
  let pumpTimer: NodeJS.Timeout | undefined;
  let stopping = false;
  let opened = 0;
  let owed = 0;
  let last = 0;

  function connect(slot: number): void {
    const socket = net.connect({ host: options.host, port: options.port });
    socket.setNoDelay(true);
    socket.resume();
    socket.on('connect', () => {
      const entry: LedgerEntry = {
        connection: `${options.seed}-${++opened}`,
        localPort: socket.localPort ?? 0,
        handed: 0,
        taken: 0,
        ended: undefined,
      };
      ledger.push(entry);
      lanes.set(socket, entry);
      if (stopping) socket.end();
    });
    // A refused or broken connection shows as `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const entry = lanes.get(socket);
      lanes.delete(socket);
      if (entry) entry.ended ??= 'broken';
      if (stopping) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        connect(slot);
      }, RETRY_MILLIS);
      timers.add(timer);
    });
  }

  function write(socket: net.Socket, entry: LedgerEntry, records: number): void {
    let text = '';
    for (let count = 0; count < records; count++) {
      const line = `${device?.next(Date.now() * 1000)} conn=${entry.connection} seq=${++entry.handed}`;
      text += framingOf(entry) === 'tcp-lines' ? `${line}\n` : `${Buffer.byteLength(line)} ${line}`;
    }
    const upTo = entry.handed;
    socket.write(text, (error) => {
      if (!error) entry.taken = upTo;
    });
  }

  const framingOf = (entry: LedgerEntry) =>
    options.framing ?? (Number(entry.connection.split('-').at(-1)) % 2 === 1 ? 'tcp-lines' : 'tcp-octets');

  function pump(): void {
    const at = performance.now();
    // At most a second of debt: after an outage the sender goes on, it does not replay what nobody could take.
    owed = Math.min(owed + ((at - last) / 1000) * options.recordsPerSecond, options.recordsPerSecond);
    last = at;
    const ready = [...lanes].filter(([socket]) => socket.writableLength < QUEUE_LIMIT_BYTES);
    while (owed >= 1 && ready.length > 0) {
      const lane = random.pick(ready);
      const records = Math.min(Math.floor(owed), random.int(1, 20));
      owed -= records;
      write(lane[0], lane[1], records);
    }
  }

  return {
    name: 'ledger sender',
    ledger,
    get open() {
      return lanes.size;
    },
    async start() {
      for (let slot = 0; slot < options.connections; slot++) connect(slot);
      last = performance.now();
      pumpTimer = setInterval(pump, TICK_MILLIS);
    },
    /** Ends each connection after its last whole record. */
    async stop() {
      stopping = true;
      clearInterval(pumpTimer);
      for (const timer of timers) clearTimeout(timer);
      const closing = [...lanes].map(
        ([socket, entry]) =>
          new Promise<void>((resolve) => {
            socket.once('close', () => resolve());
            socket.end(() => {
              entry.ended ??= 'end';
            });
          }),
      );
      await Promise.all(closing);
    },
  };
}
