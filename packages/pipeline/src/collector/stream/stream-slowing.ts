import type { Events } from '@logmaster/telemetry/events';
import type { Receiver } from '../receiver.ts';
import { type Connection, PAUSE } from './connection.ts';

/** A larger debt is looked at again after this. */
const MOST_WAIT_MS = 5000;
/** Between two looks at the pace that the disk allows. */
const PACE_MS = 50;

/** Makes connections stand still while the journal can't follow, or their source has had its share or its rate. */
export class StreamSlowing {
  private readonly connections: ReadonlySet<Connection>;
  private readonly receiver: Receiver;
  private readonly events: Events;
  /** Connections that stand still because their source has more than its share. */
  private readonly slowed = new Set<Connection>();
  /** Connections that stand still because the disk is short of room, in the order in which they go on. */
  private readonly paced = new Set<Connection>();
  private pacer: NodeJS.Timeout | undefined;
  /** All stand still: the journal is behind. */
  private paused = false;

  constructor(connections: ReadonlySet<Connection>, receiver: Receiver, events: Events) {
    this.connections = connections;
    this.receiver = receiver;
    this.events = events;
  }

  begin(connection: Connection): void {
    if (this.paused) connection.pause(PAUSE.full);
    if (!this.receiver.pace.open) this.holdForDisk(connection);
  }

  /** Asked after each chunk: does this connection, or do all, have to stand still? */
  slow(connection: Connection): void {
    const { receiver } = this;
    const { address } = connection.source;
    if (receiver.overShare(address)) {
      this.slowed.add(connection);
      connection.pause(PAUSE.share);
    }
    const wait = receiver.waitMs(address);
    if (wait > 0) this.wait(connection, wait);
    if (!receiver.pace.open) this.holdForDisk(connection);
    if (this.paused || !(receiver.full || receiver.failed)) return;
    this.paused = true;
    this.events.emit('receive_paused');
    for (const each of this.connections) each.pause(PAUSE.full);
  }

  /** After each commit: connections that were paused go on once there is room. */
  release(): void {
    const { receiver } = this;
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

  forget(connection: Connection): void {
    this.slowed.delete(connection);
    this.paced.delete(connection);
    clearTimeout(connection.waiting);
  }

  private holdForDisk(connection: Connection): void {
    connection.pause(PAUSE.disk);
    this.paced.add(connection);
    this.receiver.counters.note('slowed_for_disk');
    this.pacer ??= setInterval(() => this.letOn(), PACE_MS);
  }

  /** As many as the pace has room for, each a chunk: who has read one stands behind the others. */
  private letOn(): void {
    const { pace } = this.receiver;
    let turns = pace.turns(PACE_MS);
    for (const connection of this.paced) {
      if (turns-- <= 0) break;
      this.paced.delete(connection);
      connection.resume(PAUSE.disk);
    }
    if (this.paced.size > 0) return;
    clearInterval(this.pacer);
    this.pacer = undefined;
  }

  /** A source of many connections pays its debt on each of them, so they come back one after the other. */
  private wait(connection: Connection, ms: number): void {
    connection.pause(PAUSE.rate);
    this.receiver.counters.note('slowed_to_rate');
    clearTimeout(connection.waiting);
    connection.waiting = setTimeout(() => connection.resume(PAUSE.rate), Math.min(ms, MOST_WAIT_MS));
  }
}
