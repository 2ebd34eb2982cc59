import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { SocketName } from '@logmaster/pipeline/collector/collector-options';
import type { SenderOrders } from '@logmaster/pipeline/disk/orders';
import { streamName } from '@logmaster/pipeline/journal/streams';
import type { Events } from '@logmaster/telemetry/events';
import type { NodeAccounts } from './accounting/node-accounts.ts';
import { type BindRequest, type BoundSocket, bindSocket } from './bound-sockets.ts';
import { WorkerSlot } from './worker-slot.ts';
import { WorkerTotals } from './worker-totals.ts';

export interface WorkerPoolOptions {
  readonly node: string;
  readonly count: number;
  /** Forked with the argument `worker`. */
  readonly module: string;
  readonly ports: ReadonlyMap<SocketName, BindRequest>;
  readonly accounts: NodeAccounts;
  readonly events: Events;
}

/** Ports that one process reads: who knows again what he has heard must have heard it himself (decision 108). */
const OF_FIRST_WORKER: ReadonlySet<SocketName> = new Set(['radius']);

/**
 * The receiving processes of this node. This process binds the ports and never reads them; each worker inherits them (the
 * first alone that of RADIUS) and writes a journal stream of its own, `<node>.w0`, `<node>.w1`, …
 */
export class WorkerPool implements Lifecycle {
  readonly name = 'workers';
  private readonly options: WorkerPoolOptions;
  private readonly sockets = new Map<SocketName, BoundSocket>();
  private slots: WorkerSlot[] = [];
  readonly totals: readonly WorkerTotals[];

  constructor(options: WorkerPoolOptions) {
    this.options = options;
    this.totals = Array.from(
      { length: options.count },
      (_, index) => new WorkerTotals(streamName(options.node, `w${index}`), options.accounts),
    );
  }

  /** Resolves when every worker listens. Throws what keeps the first one from it. */
  async start(): Promise<void> {
    const { module, ports, events } = this.options;
    try {
      for (const [name, request] of ports) this.sockets.set(name, await bindSocket(request));
      const all = [...this.sockets].map(([name, { fd }]) => [name, fd] as const);
      const shared = all.filter(([name]) => !OF_FIRST_WORKER.has(name));
      this.slots = this.totals.map((totals, index) => {
        const sockets = new Map(index === 0 ? all : shared);
        return new WorkerSlot({ worker: `w${index}`, module, sockets, countsDrops: index === 0, totals, events });
      });
      await Promise.all(this.slots.map((slot) => slot.start()));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.stop()));
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }

  /** Replaces the workers one at a time. */
  async roll(): Promise<void> {
    for (const slot of this.slots) await slot.roll();
    this.options.events.emit('workers_rolled', { workers: this.slots.length });
  }

  /** Certificate files are read again; connections stay. */
  reload(): void {
    for (const slot of this.slots) slot.reload();
  }

  /** What all senders together may send is shared out evenly. */
  slow({ bytesPerSecond, datagrams }: SenderOrders): void {
    const share = bytesPerSecond === undefined ? undefined : bytesPerSecond / this.totals.length;
    for (const slot of this.slots) slot.slow({ bytesPerSecond: share, datagrams });
  }

  /** The journal's disk has refused a write and has not taken one since. */
  get full(): boolean {
    return this.totals.some(({ latest }) => latest?.full);
  }

  get restarts(): number {
    return this.slots.reduce((sum, slot) => sum + slot.restarts, 0);
  }

  get parts(): readonly PartHealth[] {
    const failed = this.totals.filter(({ latest }) => latest?.failure !== undefined).length;
    const listening = this.totals.filter(({ latest }) => latest?.listening).length;
    return [collectorHealth(listening, this.totals.length, failed), journalHealth(failed, this.full)];
  }
}

function collectorHealth(listening: number, all: number, failed: number): PartHealth {
  const name = 'collector';
  const working = listening - failed;
  if (working === all) return { name, state: 'ok' };
  if (working > 0) return { name, state: 'degraded', ...becauseOf('WORKERS_MISSING', { missing: all - working, all }) };
  return { name, state: 'down', ...becauseOf(failed > 0 ? 'COLLECTOR_REFUSES' : 'PORTS_CLOSED') };
}

function journalHealth(failed: number, full: boolean): PartHealth {
  const name = 'journal';
  if (failed > 0) return { name, state: 'down', ...becauseOf('JOURNAL_UNWRITABLE') };
  if (full) return { name, state: 'degraded', ...becauseOf('DISK_FULL') };
  return { name, state: 'ok' };
}
