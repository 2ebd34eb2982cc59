import type { Micros } from '@logmaster/core/time';

/** Newest records of a sender whose skew is kept: enough that a few late ones do not matter. */
const SAMPLES = 63;

interface Ring {
  readonly values: Float64Array;
  count: number;
  /** Receive time of the newest. */
  newest: Micros;
}

/**
 * How far the clocks of senders are ahead of ours: the median over the newest records of device time − receive time. What
 * a record waits on its way counts as behind; a queue of a sender shows here, too.
 */
export class ClockSkews {
  readonly #senders = new Map<string, Ring>();
  readonly #maxSenders: number;

  constructor(maxSenders: number) {
    this.#maxSenders = maxSenders;
  }

  /** @param at when it was received */
  add(sender: string, skew: Micros, at: Micros): void {
    let ring = this.#senders.get(sender);
    if (ring === undefined) {
      if (this.#senders.size >= this.#maxSenders) return;
      ring = { values: new Float64Array(SAMPLES), count: 0, newest: at };
      this.#senders.set(sender, ring);
    }
    ring.values[ring.count % SAMPLES] = skew;
    ring.count += 1;
    if (at > ring.newest) ring.newest = at;
  }

  /** µs; null for a sender whose records carried no time, or that has been silent since before `since`. */
  median(sender: string, since: Micros = Number.NEGATIVE_INFINITY): Micros | null {
    const ring = this.#senders.get(sender);
    if (ring === undefined || ring.newest < since) return null;
    const values = ring.values.slice(0, Math.min(ring.count, SAMPLES)).sort();
    return Math.round(values[values.length >> 1] as number);
  }
}
