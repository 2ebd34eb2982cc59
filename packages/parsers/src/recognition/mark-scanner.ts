import { MARKS_WASM } from '../generated/marks-wasm.ts';
import type { Units } from '../syslog/units.ts';
import { instantiate } from '../web-assembly.ts';
import { type MarkPlace, placeMarks } from './mark-buckets.ts';

/** What assembly/marks.ts exports. Places are bytes of its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  foundAt(): number;
  maxOwners(): number;
  scratchAt(): number;
  scratchBytes(): number;
  blockAt(): number;
  blockBytes(): number;
  memoryEnd(): number;
  addByte(byte: number, bucket: number, owner: number): void;
  addMark(length: number, place: number, bucket: number, owner: number): boolean;
  scan(from: number, end: number): void;
}

/** Marks of one character have a bucket each. */
const MAX_SINGLE = 8;
/** Up to here a loop copies faster than `set`. */
const SHORT = 64;
/** A block is copied whole once its records that were copied one by one are so large a part of it. */
const COPIED_PART = 1 / 8;

/** Finds which of some marks stand in a record, by WebAssembly, 16 bytes a step. */
export class MarkScanner {
  private readonly calls = instantiate<Exports>(MARKS_WASM);
  private readonly memory = new Uint8Array(this.calls.memory.buffer);
  /** Owners that were found, as bits, 32 in each. Scans add to it, who asks for one empties it. */
  readonly found = new Int32Array(this.calls.memory.buffer, this.calls.foundAt(), this.calls.maxOwners() / 32);
  private readonly scratchAt = this.calls.scratchAt();
  private readonly scratchBytes = this.calls.scratchBytes();
  private readonly blockAt = this.calls.blockAt();
  private readonly blockBytes = this.calls.blockBytes();
  private longest = 1;
  /** The block of the last record, and how many of its bytes were copied; all of them stand in memory from `blockAt` on. */
  private block: Units | undefined;
  private copied = 0;
  private isLoaded = false;

  /** @param marks ASCII, each with its owner, of 0 to 255 */
  constructor(marks: readonly (readonly [text: string, owner: number])[]) {
    if (this.memory.length < this.calls.memoryEnd()) throw new RangeError('the memory of the scanner is too small');
    const singles = [...new Set(marks.flatMap(([text]) => (text.length === 1 ? [text] : [])))];
    if (singles.length > MAX_SINGLE) throw new RangeError(`more than ${MAX_SINGLE} marks of one character`);
    if (marks.some(([, owner]) => owner >= this.found.length * 32)) throw new RangeError('an owner has no place');
    const longer = [...new Set(marks.flatMap(([text]) => (text.length > 1 ? [text] : [])))];
    longer.sort((a, b) => a.length - b.length);
    const places = new Map(placeMarks(longer).map((place, index) => [longer[index], place]));
    for (const [text, owner] of marks) {
      this.longest = Math.max(this.longest, text.length);
      const place = places.get(text);
      if (place === undefined) this.calls.addByte(text.charCodeAt(0), singles.indexOf(text), owner);
      else this.add(text, owner, place);
    }
  }

  /**
   * Looks for marks in units[from, end).
   * @param isKept the units never change; then those of a block are copied once
   */
  scan(units: Units, from: number, end: number, isKept: boolean): void {
    if (isKept && this.holds(units, from, end)) this.calls.scan(this.blockAt + from, this.blockAt + end);
    else if (end - from <= this.scratchBytes) this.scanPiece(units, from, end);
    else this.scanPieces(units, from, end);
  }

  private scanPiece(units: Units, from: number, end: number): void {
    const { memory, scratchAt } = this;
    if (end - from > SHORT) memory.set(units.subarray(from, end), scratchAt);
    else for (let at = from, to = scratchAt; at < end; at++, to++) memory[to] = units[at] as number;
    this.calls.scan(scratchAt, scratchAt + end - from);
  }

  /** A mark may stand where two pieces meet: they overlap. */
  private scanPieces(units: Units, from: number, end: number): void {
    for (let at = from; at < end; at += this.scratchBytes - this.longest) {
      this.scanPiece(units, at, Math.min(end, at + this.scratchBytes));
    }
  }

  /** Does the block stand in memory? Few records of a block may be asked for: copying it for them does not pay. */
  private holds(units: Units, from: number, end: number): boolean {
    if (units !== this.block) {
      this.block = units;
      this.copied = 0;
      this.isLoaded = false;
    }
    if (this.isLoaded) return true;
    this.copied += end - from;
    if (units.length > this.blockBytes || this.copied < units.length * COPIED_PART) return false;
    this.memory.set(units, this.blockAt);
    this.isLoaded = true;
    return true;
  }

  private add(text: string, owner: number, { at, bucket }: MarkPlace): void {
    this.memory.set(Buffer.from(text, 'latin1'), this.scratchAt);
    if (!this.calls.addMark(text.length, at, bucket, owner)) throw new RangeError('there are more marks than places');
  }
}
