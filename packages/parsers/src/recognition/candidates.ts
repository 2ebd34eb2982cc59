import type { VendorSet } from './vendor-set.ts';

/** Vendors whose signs a record shows, as two sets: of some it has to have a shape, too. Memory that is used again. */
export class Candidates {
  low = 0;
  high = 0;
  shapedLow = 0;
  shapedHigh = 0;

  clear(): void {
    this.low = 0;
    this.high = 0;
    this.shapedLow = 0;
    this.shapedHigh = 0;
  }

  get areNone(): boolean {
    return (this.low | this.high | this.shapedLow | this.shapedHigh) === 0;
  }

  /** @param isShaped it counts with its shape only */
  add(vendor: number, isShaped: boolean): void {
    const low = vendor < 32 ? 1 << vendor : 0;
    const high = vendor < 32 ? 0 : 1 << (vendor - 32);
    if (isShaped) {
      this.shapedLow |= low;
      this.shapedHigh |= high;
    } else {
      this.low |= low;
      this.high |= high;
    }
  }

  join({ low, high, shapedLow, shapedHigh }: Candidates): void {
    this.low |= low;
    this.high |= high;
    this.shapedLow |= shapedLow;
    this.shapedHigh |= shapedHigh;
  }

  addAll({ low, high }: VendorSet): void {
    this.low |= low;
    this.high |= high;
  }

  remove({ low, high }: VendorSet): void {
    this.low &= ~low;
    this.high &= ~high;
    this.shapedLow &= ~low;
    this.shapedHigh &= ~high;
  }
}
