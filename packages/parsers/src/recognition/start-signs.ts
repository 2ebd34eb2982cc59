import { startsWith, type Units } from '../syslog/units.ts';
import { Candidates } from './candidates.ts';
import type { VendorSigns } from './vendor-signs.ts';

interface Start {
  readonly text: string;
  readonly vendor: number;
  readonly isShaped: boolean;
}

/** What a first character says. */
interface First {
  /** Those that it is all of a start of. */
  readonly alone: Candidates;
  readonly longer: readonly Start[];
}

/** Which vendors' messages begin as a record's does. */
export class StartSigns {
  /** By the message's first character. */
  private readonly firsts: readonly (First | undefined)[];

  constructor(signs: readonly (VendorSigns | undefined)[]) {
    const starts = signs.flatMap((sign, vendor) => [
      ...(sign?.starts ?? []).map((text) => ({ text, vendor, isShaped: false })),
      ...(sign?.shaped?.starts ?? []).map((text) => ({ text, vendor, isShaped: true })),
    ]);
    this.firsts = Array.from({ length: 256 }, (_, code) => {
      const own = starts.filter(({ text }) => text.charCodeAt(0) === code);
      const alone = new Candidates();
      for (const { text, vendor, isShaped } of own) if (text.length === 1) alone.add(vendor, isShaped);
      return own.length === 0 ? undefined : { alone, longer: own.filter(({ text }) => text.length > 1) };
    });
  }

  /** The message of units[at, end). */
  look(units: Units, at: number, end: number, candidates: Candidates): void {
    const first = at < end ? this.firsts[units[at] as number] : undefined;
    if (first === undefined) return;
    candidates.join(first.alone);
    for (const { text, vendor, isShaped } of first.longer) {
      if (startsWith(units, at, end, text)) candidates.add(vendor, isShaped);
    }
  }
}
