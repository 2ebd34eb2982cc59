import dgram from 'node:dgram';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createFleet } from '@logmaster/sample/fleet';
import type { LedgerEntry } from '../ledger-sender.ts';

export interface UdpLedgerSenderOptions {
  readonly host: string;
  readonly port: number;
  readonly recordsPerSecond: number;
  /** Names its ledger `udp-<seed>`. */
  readonly seed: number;
}

export interface UdpLedgerSender extends Lifecycle {
  /** One entry: there is nothing that could break. `taken` datagrams are in the kernel's hands. */
  readonly ledger: readonly LedgerEntry[];
}

const TICK_MILLIS = 5;

/** Sends realistic firewall records as datagrams, numbered from 1 on, and keeps count of them. */
export function createUdpLedgerSender(options: UdpLedgerSenderOptions): UdpLedgerSender {
  const { host, port, recordsPerSecond, seed } = options;
  const device = createFleet(seed)[0];
  if (!device) throw new Error('the fleet is empty');
  const socket = dgram.createSocket('udp4');
  const sent = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  let owed = 0;
  let last = 0;
  let stopped = false;
  const entry: LedgerEntry = {
    connection: `udp-${seed}`,
    protocol: 'udp',
    localPort: 0,
    handed: 0,
    taken: 0,
    acknowledged: 0,
    ended: undefined,
  };
  const look = () => stopped && entry.taken === entry.handed && sent.resolve();

  function pump(): void {
    const at = performance.now();
    owed = Math.min(owed + ((at - last) / 1000) * recordsPerSecond, recordsPerSecond / 10);
    last = at;
    for (; owed >= 1; owed -= 1) {
      entry.handed += 1;
      const line = `${device?.next(Date.now() * 1000)} conn=${entry.connection} seq=${entry.handed}`;
      // Whoever hears nothing of datagrams can't know more than that they left.
      socket.send(line, port, host, () => {
        entry.taken += 1;
        look();
      });
    }
  }
  return {
    name: 'UDP ledger sender',
    ledger: [entry],
    async start() {
      last = performance.now();
      timer = setInterval(pump, TICK_MILLIS);
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      look();
      await sent.promise;
      entry.ended = 'end';
      socket.close();
    },
  };
}
