import { AppError } from '@logmaster/core/errors';
import type { Micros } from '@logmaster/core/time';
import type { Histogram } from '../store.ts';
import { chooseInterval } from './intervals.ts';

/** A histogram while it is filled: every bucket of the range is there from the start, empty. */
export class HistogramBuckets {
  readonly intervalMicros: Micros;
  readonly #from: Micros;
  readonly #to: Micros;
  readonly #buckets = new Map<number, { from: Micros; count: number; stacks: Record<string, number> }>();

  /** `wished` buckets at most. Throws INVALID_INPUT for a range that does not end after it begins. */
  constructor(from: Micros, to: Micros, wished: number) {
    if (!(from < to)) throw new AppError('INVALID_INPUT', { detail: 'the time range must end after it begins' });
    this.#from = from;
    this.#to = to;
    this.intervalMicros = chooseInterval(from, to, wished);
    const interval = this.intervalMicros;
    for (let bucket = Math.floor(from / interval); bucket * interval < to; bucket++) {
      this.#buckets.set(bucket, { from: bucket * interval, count: 0, stacks: {} });
    }
  }

  /** `bucket` is the number of the interval since the epoch; `stack` is undefined when nothing is stacked by. */
  add(bucket: number, stack: string | undefined, count: number): void {
    const found = this.#buckets.get(bucket);
    if (!found) throw new AppError('INTERNAL', { detail: 'a record fell outside its histogram' });
    found.count += count;
    if (stack === undefined) return;
    // defineProperty: a value may be __proto__
    const before = Object.hasOwn(found.stacks, stack) ? (found.stacks[stack] as number) : 0;
    Object.defineProperty(found.stacks, stack, {
      value: before + count,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }

  get histogram(): Histogram {
    return {
      intervalMicros: this.intervalMicros,
      from: this.#from,
      to: this.#to,
      buckets: [...this.#buckets.values()],
    };
  }
}
