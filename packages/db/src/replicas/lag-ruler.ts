/** What the primary had written when. */
interface Sample {
  readonly position: number;
  /** The last moment at which the primary was seen there, ms. */
  at: number;
}

/**
 * Measures how far a replica is behind, in time, from the primary's positions seen so far. It needs neither the servers'
 * clocks, which may differ, nor a table to write to, and a primary where nothing happens makes nobody late.
 */
export class LagRuler {
  readonly #memoryMs: number;
  #samples: Sample[] = [];

  /** @param memoryMs Lags up to this are told exactly; longer ones only as "longer". */
  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs;
  }

  /** Notes that the primary has written up to `position`; `at` (ms) never goes back. */
  note(position: number, at: number): void {
    const last = this.#samples.at(-1);
    // Another primary with less than the former one: what was noted is of a history that has ended.
    if (last && position < last.position) this.#samples = [];
    if (last && position === last.position) last.at = at;
    else this.#samples.push({ position, at });
    while ((this.#samples[1]?.at ?? at) < at - this.#memoryMs) this.#samples.shift();
  }

  /**
   * Milliseconds by which one that has replayed up to `replayed` was behind when the primary was last seen: at most one
   * pause between two notes too many. Undefined when it is further behind than is remembered, or nothing was noted.
   */
  lagOf(replayed: number): number | undefined {
    const last = this.#samples.at(-1);
    if (!last) return undefined;
    const reached = this.#samples.findLast(({ position }) => position <= replayed);
    return reached && last.at - reached.at;
  }
}
