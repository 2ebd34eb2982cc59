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

/** Finds which of some marks stand in a record, in one pass. */
export class MarkScanner {
  /** By character: 0 for none, 1 where it is the anchor of any mark. */
  private readonly anchors = new Uint8Array(256);
  /** By the anchor and the character before it, what stands at that place of the list; 0 for nothing. */
  private readonly pairs = new Uint8Array(ASCII * ASCII);
  private readonly groups: Mark[][] = [[]];
  /** By character: marks that are found by their first one. */
  private readonly firsts: Mark[][] = Array.from({ length: ASCII }, () => []);
  /** By character: the scan in which owners of the character itself were told. */
  private readonly told = new Uint32Array(ASCII);
  private scans = 0;

  /** @param marks each with its owner, a small number */
  constructor(marks: readonly (readonly [text: string, owner: number])[]) {
    for (const [text, owner] of marks) this.add(text, owner);
  }

  /** Calls `found` with the owner of each mark in units[from, end), it may be more than once. */
  scan(units: Units, from: number, end: number, found: (owner: number) => void): void {
    const { anchors } = this;
    this.scans = (this.scans + 1) >>> 0;
    for (let at = from; at < end; at++) {
      if (anchors[units[at] as number] !== 0) this.look(units, from, at, end, found);
    }
  }

  private look(units: Units, from: number, at: number, end: number, found: (owner: number) => void): void {
    const unit = units[at] as number;
    const isTold = this.told[unit] === this.scans;
    this.told[unit] = this.scans;
    for (const mark of this.firsts[unit] as Mark[]) {
      if (mark.text.length === 1 ? !isTold : standsAt(units, from, at, end, mark.text)) found(mark.owner);
    }
    if (at === from) return;
    const before = units[at - 1] as number;
    const group = before < ASCII ? (this.pairs[before * ASCII + unit] as number) : 0;
    if (group === 0) return;
    for (const mark of this.groups[group] as Mark[]) {
      if (standsAt(units, from, at - mark.anchor, end, mark.text)) found(mark.owner);
    }
  }

  private add(text: string, owner: number): void {
    const anchor = anchorOf(text);
    const unit = text.charCodeAt(anchor);
    this.anchors[unit] = 1;
    if (anchor === 0) {
      this.firsts[unit]?.push({ text, anchor, owner });
      return;
    }
    const pair = text.charCodeAt(anchor - 1) * ASCII + unit;
    if (this.pairs[pair] === 0) {
      this.pairs[pair] = this.groups.length;
      this.groups.push([]);
    }
    this.groups[this.pairs[pair] as number]?.push({ text, anchor, owner });
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
