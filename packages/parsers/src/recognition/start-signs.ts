import { startsWith, type Units } from '../syslog/units.ts';
import type { Candidates } from './candidates.ts';
import type { VendorSigns } from './signs.ts';

interface Start {
  readonly text: string;
  readonly vendor: number;
  readonly isShaped: boolean;
}

/** Which vendors' messages begin as a record's does. */
export class StartSigns {
  /** By the message's first character. */
  private readonly starts: readonly (readonly Start[])[];

  constructor(signs: readonly (VendorSigns | undefined)[]) {
    const starts = signs.flatMap((sign, vendor) => [
      ...(sign?.starts ?? []).map((text) => ({ text, vendor, isShaped: false })),
      ...(sign?.shaped?.starts ?? []).map((text) => ({ text, vendor, isShaped: true })),
    ]);
    this.starts = Array.from({ length: 128 }, (_, code) => starts.filter(({ text }) => text.charCodeAt(0) === code));
  }

  /** The message of units[at, end). */
  look(units: Units, at: number, end: number, candidates: Candidates): void {
    const unit = at < end ? (units[at] as number) : 128;
    if (unit >= 128) return;
    for (const { text, vendor, isShaped } of this.starts[unit] as readonly Start[]) {
      if (text.length > 1 && !startsWith(units, at, end, text)) continue;
      if (isShaped) candidates.addShaped(vendor);
      else candidates.add(vendor);
    }
  }
}
