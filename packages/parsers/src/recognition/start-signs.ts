import { startsWith, type Units } from '../syslog/units.ts';
import { Candidates } from './candidates.ts';
import type { VendorSigns } from './vendor-signs.ts';

interface Start {
  readonly text: string;
  readonly vendor: number;
  readonly isShaped: boolean;
}

/** What a message's first character says. */
interface First {
  /** Those that it is all of a start of, and those that need no sign. */
  readonly alone: Candidates;
  readonly longer: readonly Start[];
}

/** Which vendors' messages begin as a record's does. */
export class StartSigns {
  /** By the message's first character. */
  private readonly firsts: readonly First[];
  /** Of an empty message. */
  private readonly none: First;

  constructor(signs: readonly (VendorSigns | undefined)[]) {
    const starts = signs.flatMap(startsOf);
    this.firsts = Array.from({ length: 256 }, (_, code) => firstOf(starts, String.fromCharCode(code)));
    this.none = firstOf(starts, '');
  }

  /** Makes `candidates` those whose messages begin as that of units[at, end), and those that need no sign. */
  look(units: Units, at: number, end: number, candidates: Candidates): void {
    const first = at < end ? (this.firsts[units[at] as number] as First) : this.none;
    candidates.become(first.alone);
    for (const { text, vendor, isShaped } of first.longer) {
      if (startsWith(units, at, end, text)) candidates.add(vendor, isShaped);
    }
  }
}

/** Of a vendor; an empty one where it has no signs, or a shape that needs none. */
function startsOf(sign: VendorSigns | undefined, vendor: number): Start[] {
  const all = (texts: readonly string[], isShaped: boolean) => texts.map((text) => ({ text, vendor, isShaped }));
  if (sign === undefined) return all([''], false);
  const { starts = [], shaped } = sign;
  return [...all(starts, false), ...all(shaped?.starts ?? (shaped && !shaped.marks ? [''] : []), true)];
}

function firstOf(starts: readonly Start[], character: string): First {
  const own = starts.filter(({ text }) => text === '' || text[0] === character);
  const alone = new Candidates();
  for (const { text, vendor, isShaped } of own) if (text.length <= 1) alone.add(vendor, isShaped);
  return { alone, longer: own.filter(({ text }) => text.length > 1) };
}
