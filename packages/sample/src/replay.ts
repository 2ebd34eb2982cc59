import { type Clock, systemClock } from '@logmaster/core/clock';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { DeviceModel, Wire } from './contracts.ts';
import { createFleet } from './fleet.ts';
import { activity } from './rhythm.ts';
import { type LineSender, localAddressFor, type SenderCounts } from './sender.ts';
import { createTcpSender } from './tcp-sender.ts';
import { createUdpSender } from './udp-sender.ts';

export interface ReplayOptions {
  /** Where the syslog ports are. */
  readonly host: string;
  readonly port: number;
  /** All devices together, in working hours; less at night (see rhythm.ts) unless `rhythm` is flat. */
  readonly recordsPerSecond: number;
  /** Same seed and same clock → same lines. */
  readonly seed: number;
  /** `natural`: each device as its vendor does it (FortiGate and ASA over TCP, MikroTik and IOS over UDP). */
  readonly transport?: 'natural' | Wire;
  /** Ends each line with ` seq=<n>`, n unique over all devices, from 1. */
  readonly numbered?: boolean;
  readonly rhythm?: 'working-hours' | 'flat';
  /** Higher rate at first, so that the first look finds something. `seconds: 0` for none. Default 20 s, ten times. */
  readonly burst?: { readonly seconds: number; readonly factor: number };
  /** Ends by itself after so long; for ever when undefined. */
  readonly seconds?: number | undefined;
  readonly clock?: Clock;
}

export interface Replay extends Lifecycle {
  /** Resolves when `seconds` have passed and everything was handed over, or at `stop`. */
  readonly finished: Promise<void>;
  /** Counts per device name. */
  counts(): Readonly<Record<string, SenderCounts>>;
}

const TICK_MILLIS = 20;
/** A held-back sender catches up at most this much: a stalled receiver must not be hit by minutes at once. */
const DEBT_LIMIT_SECONDS = 1;

interface Line {
  readonly device: DeviceModel;
  readonly sender: LineSender;
  /** Records it owes, fractional. */
  owed: number;
}

/** The devices of the sample with their senders. `start` resolves when every TCP connection is open. */
export function createReplay(options: ReplayOptions): Replay {
  const clock = options.clock ?? systemClock;
  const burst = options.burst ?? { seconds: 20, factor: 10 };
  const lines = createFleet(options.seed).map((device) => ({ device, sender: senderFor(device, options), owed: 0 }));
  const shares = lines.reduce((sum, line) => sum + line.device.share, 0);
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  let number = 0;
  let began = 0;
  let last = 0;

  function tick(): void {
    const at = performance.now();
    const passed = (at - last) / 1000;
    const elapsed = (at - began) / 1000;
    last = at;
    const now = clock();
    const rhythm = options.rhythm === 'flat' ? 1 : activity(now);
    const rate = options.recordsPerSecond * rhythm * (elapsed < burst.seconds ? burst.factor : 1);
    for (const line of lines) pump(line, ((rate * line.device.share) / shares) * passed, rate * DEBT_LIMIT_SECONDS);
    if (options.seconds !== undefined && elapsed >= options.seconds) void stop();
  }

  function pump(line: Line, due: number, debtLimit: number): void {
    line.owed = Math.min(line.owed + due, Math.max(debtLimit, 1));
    while (line.owed >= 1 && line.sender.ready) {
      line.owed--;
      const text = line.device.next(clock());
      line.sender.send(options.numbered ? `${text} seq=${++number}` : text);
    }
    line.sender.flush();
  }

  let stopped: Promise<void> | undefined;
  function stop(): Promise<void> {
    clearInterval(timer);
    stopped ??= Promise.all(lines.map((line) => line.sender.stop())).then(() => finish());
    return stopped;
  }

  return {
    name: 'sample traffic',
    finished,
    counts: () => Object.fromEntries(lines.map((line) => [line.device.name, { ...line.sender.counts }])),
    async start() {
      await Promise.all(lines.map((line) => line.sender.start()));
      began = last = performance.now();
      timer = setInterval(tick, TICK_MILLIS);
    },
    stop,
  };
}

function senderFor(device: DeviceModel, options: ReplayOptions): LineSender {
  const target = { host: options.host, port: options.port, from: localAddressFor(options.host, device.address) };
  const wire = options.transport === undefined || options.transport === 'natural' ? device.wire : options.transport;
  return wire === 'udp' ? createUdpSender(target) : createTcpSender(target, wire);
}
