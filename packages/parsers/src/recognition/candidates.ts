import type { VendorSet } from './vendor-set.ts';

/** Vendors whose signs a record shows, as two sets: of some it has to have a shape, too. Memory that is used again. */
export class Candidates {
  low = 0;
  high = 0;
  shapedLow = 0;
  shapedHigh = 0;

  begin({ low, high }: VendorSet): void {
    this.low = low;
    this.high = high;
    this.shapedLow = 0;
    this.shapedHigh = 0;
  }

  get areNone(): boolean {
    return (this.low | this.high | this.shapedLow | this.shapedHigh) === 0;
  }

  add(vendor: number): void {
    if (vendor < 32) this.low |= 1 << vendor;
    else this.high |= 1 << (vendor - 32);
  }

  addShaped(vendor: number): void {
    if (vendor < 32) this.shapedLow |= 1 << vendor;
    else this.shapedHigh |= 1 << (vendor - 32);
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
