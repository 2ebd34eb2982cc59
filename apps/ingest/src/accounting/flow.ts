import type { Backlog } from '@logmaster/core/api/accounting';

/** Samples of so long are kept: long enough for a batch each second, short enough to tell of now. */
const WINDOW_MS = 30_000;
/** What leaves within so long is under way: some records always are, though as many arrive as leave. */
const UNDER_WAY_SECONDS = 10;

interface Sample {
  /** ms */
  readonly at: number;
  readonly journaled: number;
  readonly done: number;
}

type Rates = Pick<Backlog, 'arriving_per_second' | 'leaving_per_second' | 'drain_seconds'>;

/** How fast records come into the journal and leave it for the index, over the last half minute. */
export class Flow {
  private samples: Sample[] = [];

  sample(sample: Sample): void {
    this.samples.push(sample);
    const since = sample.at - WINDOW_MS;
    // One that is older than the window is its beginning.
    while (this.samples.length > 2 && (this.samples[1] as Sample).at <= since) this.samples.shift();
  }

  /** @param pending records that have not left */
  rates(pending: number): Rates {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
    if (first === undefined || last === undefined || seconds <= 0)
      return { arriving_per_second: 0, leaving_per_second: 0, drain_seconds: pending === 0 ? 0 : null };
    const arriving = Math.max(0, (last.journaled - first.journaled) / seconds);
    const leaving = Math.max(0, (last.done - first.done) / seconds);
    return {
      arriving_per_second: tenths(arriving),
      leaving_per_second: tenths(leaving),
      drain_seconds: drainSeconds(pending, arriving, leaving),
    };
  }
}

function drainSeconds(pending: number, arriving: number, leaving: number): number | null {
  if (pending === 0) return 0;
  if (leaving > 0 && pending / leaving <= UNDER_WAY_SECONDS) return tenths(pending / leaving);
  return leaving > arriving ? tenths(pending / (leaving - arriving)) : null;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
