import { UnitScratch, type Units } from '../syslog/units.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { AppNames } from './app-names.ts';
import { Candidates } from './candidates.ts';
import { MarkScanner } from './mark-scanner.ts';
import type { Shape } from './shapes.ts';
import { StartSigns } from './start-signs.ts';
import { leastOf, MAX_VENDORS, setOf, type VendorSet } from './vendor-set.ts';
import type { VendorSigns } from './vendor-signs.ts';

/** Where something stands; from −1 for nowhere. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the parser of a record: the first of the list that recognises it. Only vendors whose signs the record shows are
 * asked, so that many vendors cost little; what was sent before plays no part.
 */
export class VendorFinder {
  private readonly vendors: readonly VendorParser[];
  private readonly shapes: readonly (Shape | undefined)[];
  private readonly starts: StartSigns;
  private readonly apps: AppNames;
  /** Its owners are the vendors, and behind them one for each vendor with marks that count with a shape. */
  private readonly marks: MarkScanner;
  private readonly ownVendors: VendorSet;
  private readonly shapedVendors: readonly number[];
  /** Vendors without signs, and those with a shape that needs none. */
  private readonly always = new Candidates();
  /**
   * By the message's first unit: vendors up to the first for which more than the start of the message has to be looked at.
   * Up to it, starts decide.
   */
  private readonly early: readonly VendorSet[];
  private readonly candidates = new Candidates();
  private readonly scratch = new UnitScratch();

  constructor(vendors: readonly VendorParser[], signsOf: ReadonlyMap<string, VendorSigns>) {
    this.vendors = vendors;
    const signs = vendors.map(({ name }) => signsOf.get(name));
    this.shapes = signs.map((sign) => sign?.shaped?.shape);
    this.starts = new StartSigns(signs);
    this.apps = new AppNames(signs);
    for (const [vendor, sign] of signs.entries()) {
      if (sign === undefined) this.always.add(vendor, false);
      else if (sign.shaped && !sign.shaped.starts && !sign.shaped.marks) this.always.add(vendor, true);
    }
    this.early = Array.from({ length: 256 }, (_, unit) => {
      const beyond = signs.findIndex((sign) => sign === undefined || looksFurther(sign, String.fromCharCode(unit)));
      return setOf([...vendors.keys()].filter((vendor) => beyond < 0 || vendor <= beyond));
    });
    this.ownVendors = setOf(vendors.keys());
    this.shapedVendors = [...vendors.keys()].filter((vendor) => signs[vendor]?.shaped?.marks !== undefined);
    const owners = vendors.length + this.shapedVendors.length;
    if (owners > MAX_VENDORS) throw new RangeError(`${owners} owners of marks, of at most ${MAX_VENDORS}`);
    this.marks = new MarkScanner([
      ...signs.flatMap((sign, vendor) => (sign?.marks ?? []).map((text) => [text, vendor] as const)),
      ...this.shapedVendors.flatMap((vendor, index) =>
        (signs[vendor]?.shaped?.marks ?? []).map((text) => [text, vendors.length + index] as const),
      ),
    ]);
  }

  /**
   * Might any vendor recognise the record in units[from, end)? Only its bytes are looked at, which must never change.
   * @param app place of the tag or APP-NAME; from −1 for none
   */
  mayBeKnown(bytes: Uint8Array, from: number, end: number, messageAt: number, app: Span): boolean {
    const { candidates } = this;
    candidates.clear();
    candidates.join(this.always);
    this.starts.look(bytes, messageAt, end, candidates);
    if (app.from < 0) candidates.addAll(this.apps.ofMessage(bytes, messageAt, end));
    else candidates.addAll(this.apps.ofBytes(bytes, app.from, app.to));
    if ((candidates.low | candidates.high) !== 0) return true;
    this.lookForMarks(bytes, from, end, true);
    if ((candidates.low | candidates.high) !== 0) return true;
    for (let bits = candidates.shapedLow; bits !== 0; bits &= bits - 1) {
      if (this.hasShape(leastOf(bits), bytes, from, messageAt, end)) return true;
    }
    for (let bits = candidates.shapedHigh; bits !== 0; bits &= bits - 1) {
      if (this.hasShape(leastOf(bits) + 32, bytes, from, messageAt, end)) return true;
    }
    return false;
  }

  /**
   * The record's text from the units at `from` on.
   * @param isKept the units never change
   * @param app place of the header's tag or APP-NAME among the units, where it is known
   */
  find(
    input: VendorInput,
    units: Units,
    from: number,
    end: number,
    isKept = false,
    app?: Span,
  ): VendorParser | undefined {
    const { candidates } = this;
    const messageAt = from + input.messageAt;
    candidates.clear();
    this.starts.look(units, messageAt, end, candidates);
    if (!candidates.areNone) {
      const early = this.early[units[messageAt] as number] as VendorSet;
      const found = this.firstOf(input, units, from, end, early);
      if (found !== undefined) return found;
      candidates.remove(early);
    }
    candidates.join(this.always);
    const { appname } = input.header;
    if (appname === undefined) candidates.addAll(this.apps.ofMessage(units, messageAt, end));
    else candidates.addAll(app === undefined ? this.apps.of(appname) : this.apps.ofBytes(units, app.from, app.to));
    this.lookForMarks(units, from, end, isKept);
    return this.firstOf(input, units, from, end, this.ownVendors);
  }

  /** For a text that has no units yet. */
  findInText(input: VendorInput): VendorParser | undefined {
    const { length } = input.text;
    return this.find(input, this.scratch.of(input.text, 0, length), 0, length);
  }

  /** The first of the candidates among `some` that recognises the record. */
  private firstOf(
    input: VendorInput,
    units: Units,
    from: number,
    end: number,
    some: VendorSet,
  ): VendorParser | undefined {
    const { low, high, shapedLow, shapedHigh } = this.candidates;
    for (let bits = (low | shapedLow) & some.low; bits !== 0; bits &= bits - 1) {
      const vendor = leastOf(bits);
      if (this.isFound(vendor, (low & bits & -bits) !== 0, input, units, from, end)) return this.vendors[vendor];
    }
    for (let bits = (high | shapedHigh) & some.high; bits !== 0; bits &= bits - 1) {
      const vendor = leastOf(bits) + 32;
      if (this.isFound(vendor, (high & bits & -bits) !== 0, input, units, from, end)) return this.vendors[vendor];
    }
    return undefined;
  }

  private isFound(
    vendor: number,
    hasSign: boolean,
    input: VendorInput,
    units: Units,
    from: number,
    end: number,
  ): boolean {
    if (!hasSign && !this.hasShape(vendor, units, from, from + input.messageAt, end)) return false;
    return (this.vendors[vendor] as VendorParser).recognises(input);
  }

  private hasShape(vendor: number, units: Units, from: number, at: number, end: number): boolean {
    return (this.shapes[vendor] as Shape)(units, from, at, end);
  }

  private lookForMarks(units: Units, from: number, end: number, isKept: boolean): void {
    const { marks, candidates, ownVendors, shapedVendors, vendors } = this;
    marks.scan(units, from, end, isKept);
    const { low, high } = marks;
    candidates.low |= low & ownVendors.low;
    candidates.high |= high & ownVendors.high;
    for (let bits = low & ~ownVendors.low; bits !== 0; bits &= bits - 1) {
      candidates.add(shapedVendors[leastOf(bits) - vendors.length] as number, true);
    }
    for (let bits = high & ~ownVendors.high; bits !== 0; bits &= bits - 1) {
      candidates.add(shapedVendors[leastOf(bits) + 32 - vendors.length] as number, true);
    }
  }
}

/** May signs beyond the start of a message that begins with `first` make a record the vendor's? */
function looksFurther({ marks, apps, programs, shaped, notBehind }: VendorSigns, first: string): boolean {
  if (notBehind?.includes(first)) return false;
  const isMarked = marks !== undefined || shaped?.marks !== undefined;
  return isMarked || apps !== undefined || programs !== undefined || (shaped !== undefined && !shaped.starts);
}
