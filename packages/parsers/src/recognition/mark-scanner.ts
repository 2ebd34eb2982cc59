import type { Units } from '../syslog/units.ts';

/** Characters from the most frequent in logs to the rarest; all others are rarer still. */
const FREQUENT = ' 0123456789etaoinsrhldcumpfgwybvkxjqz-:./[]TSADPINCOERLMUFGHBVWYKXJQZ';
const ASCII = 128;

interface Mark {
  readonly text: string;
  /** Place of the character by which it is found: the rarest. */
  readonly anchor: number;
  readonly owner: number;
}

/** What a character is to the scanner. */
const Kind = { none: 0, mark: 1, anchor: 2 } as const;

/** Finds which of some marks stand in a record, in one pass. */
export class MarkScanner {
  /** By character: one of `Kind`. */
  private readonly kinds = new Uint8Array(256);
  /** By the anchor and the character before it, what stands at that place of the list; 0 for nothing. */
  private readonly before = new Uint8Array(ASCII * ASCII);
  /** The same with the character behind it. */
  private readonly behind = new Uint8Array(ASCII * ASCII);
  private readonly groups: Mark[][] = [[]];
  /** By character: owners of marks that are this one character. */
  private readonly owners: number[][] = Array.from({ length: ASCII }, () => []);
  /** By character: the scan in which those owners were told. */
  private readonly told = new Uint32Array(ASCII);
  private scans = 0;

  /** @param marks each with its owner, a small number */
  constructor(marks: readonly (readonly [text: string, owner: number])[]) {
    for (const [text, owner] of marks) this.add(text, owner);
  }

  /** Calls `found` with the owner of each mark in units[from, end), it may be more than once. */
  scan(units: Units, from: number, end: number, found: (owner: number) => void): void {
    const { kinds, told } = this;
    const scan = (this.scans + 1) >>> 0;
    this.scans = scan;
    for (let at = from; at < end; at++) {
      const unit = units[at] as number;
      const kind = kinds[unit] as number;
      if (kind === Kind.none) continue;
      if (told[unit] !== scan) {
        told[unit] = scan;
        for (const owner of this.owners[unit] as number[]) found(owner);
      }
      if (kind === Kind.anchor) this.look(units, from, at, end, found);
    }
  }

  private look(units: Units, from: number, at: number, end: number, found: (owner: number) => void): void {
    const unit = units[at] as number;
    const last = at > from ? (units[at - 1] as number) : ASCII;
    const next = at + 1 < end ? (units[at + 1] as number) : ASCII;
    const before = last < ASCII ? (this.before[last * ASCII + unit] as number) : 0;
    const behind = next < ASCII ? (this.behind[unit * ASCII + next] as number) : 0;
    if (before !== 0) this.compare(before, units, from, at, end, found);
    if (behind !== 0) this.compare(behind, units, from, at, end, found);
  }

  private compare(
    group: number,
    units: Units,
    from: number,
    at: number,
    end: number,
    found: (owner: number) => void,
  ): void {
    for (const mark of this.groups[group] as Mark[]) {
      if (standsAt(units, from, at - mark.anchor, end, mark.text)) found(mark.owner);
    }
  }

  private add(text: string, owner: number): void {
    const anchor = anchorOf(text);
    const unit = text.charCodeAt(anchor);
    this.kinds[unit] = Math.max(this.kinds[unit] as number, text.length === 1 ? Kind.mark : Kind.anchor);
    if (text.length === 1) this.owners[unit]?.push(owner);
    else if (anchor === 0) this.join(this.behind, unit * ASCII + text.charCodeAt(1), { text, anchor, owner });
    else this.join(this.before, text.charCodeAt(anchor - 1) * ASCII + unit, { text, anchor, owner });
  }

  private join(table: Uint8Array, pair: number, mark: Mark): void {
    if (table[pair] === 0) {
      if (this.groups.length > 255) throw new RangeError('there are more marks than places');
      table[pair] = this.groups.length;
      this.groups.push([]);
    }
    this.groups[table[pair] as number]?.push(mark);
  }
}

/** The rarest character; of several, one that has one before it. */
function anchorOf(text: string): number {
  let best = 0;
  for (let index = 1; index < text.length; index++) {
    if (rarity(text[index] as string) > rarity(text[best] as string)) best = index;
    else if (best === 0 && rarity(text[index] as string) === rarity(text[0] as string)) best = index;
  }
  return best;
}

function rarity(character: string): number {
  const place = FREQUENT.indexOf(character);
  return place < 0 ? FREQUENT.length : place;
}

function standsAt(units: Units, from: number, at: number, end: number, text: string): boolean {
  if (at < from || at + text.length > end) return false;
  for (let index = 0; index < text.length; index++) if (units[at + index] !== text.charCodeAt(index)) return false;
  return true;
}
