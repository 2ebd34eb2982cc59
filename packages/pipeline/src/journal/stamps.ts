import type { Clock } from '@logmaster/core/clock';
import type { Micros } from '@logmaster/core/time';

/** A jump smaller than this is the clock's normal discipline, not a step. */
const STEP_MICROS = 1_000_000;

/**
 * Times of one journal stream: never going back, strictly growing from block to block, so that a segment's period
 * [from, to) holds exactly the records stamped inside it. When the wall clock goes back the last value is held and
 * the records carry flag `c` until it has caught up.
 */
export class Stamps {
  private readonly clock: Clock;
  private lastMicros: Micros;
  private floor: Micros;
  private lastWall: Micros | undefined;
  private lastMonotonic = 0;
  private readonly monotonic: () => number;
  /** Set by `next`: the stamp just given was held because the clock went back. */
  held = false;
  /** Jumps seen, either way, since `takeSteps`. */
  private steps = 0;
  private turn: Micros | undefined;
  private readonly endTurn = () => {
    this.turn = undefined;
  };

  /** @param after nothing is stamped at or before this moment: the last stamp of the stream's earlier files. */
  constructor(clock: Clock, after: Micros, monotonic: () => number = () => performance.now()) {
    this.clock = clock;
    this.lastMicros = after;
    this.floor = after + 1;
    this.monotonic = monotonic;
  }

  /** Stamp for a record that has just arrived. */
  next(): Micros {
    const wall = this.clock();
    this.watchSteps(wall);
    const least = Math.max(this.lastMicros, this.floor);
    if (wall >= least) {
      this.held = false;
      this.lastMicros = wall;
      return wall;
    }
    // The system clock ticks in ms: a block border inside one tick is no clock going back.
    this.held = Math.floor(wall / 1000) < Math.floor(least / 1000);
    this.lastMicros = least;
    return least;
  }

  /** What one read of a socket brings has arrived at one time: the clocks are asked once a turn of the event loop. */
  ofTurn(): Micros {
    if (this.turn === undefined) {
      this.turn = this.next();
      queueMicrotask(this.endTurn);
    }
    return this.turn;
  }

  /** Called when a block is sealed: the next stamp is later than every one before. */
  border(): void {
    this.floor = this.lastMicros + 1;
    this.turn = undefined;
  }

  takeSteps(): number {
    const steps = this.steps;
    this.steps = 0;
    return steps;
  }

  /** Compares how far the wall clock moved with how far the monotonic one did. */
  private watchSteps(wall: Micros): void {
    const monotonic = this.monotonic();
    if (this.lastWall !== undefined) {
      const jump = wall - this.lastWall - (monotonic - this.lastMonotonic) * 1000;
      if (Math.abs(jump) > STEP_MICROS) this.steps += 1;
    }
    this.lastWall = wall;
    this.lastMonotonic = monotonic;
  }
}
