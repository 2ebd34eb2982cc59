import { startsWith, UnitScratch, type Units } from '../syslog/units.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { AppNames } from './app-names.ts';
import { MarkScanner } from './mark-scanner.ts';
import type { Shape } from './shapes.ts';
import type { VendorSigns } from './signs.ts';
import { leastOf, MAX_VENDORS, setOf, type VendorSet } from './vendor-set.ts';

interface Start {
  readonly text: string;
  readonly vendor: number;
  readonly shape: Shape | undefined;
}

/** Marks that count where the message has a shape: they have an owner of their own, behind the vendors. */
interface ShapedMarks {
  readonly vendor: number;
  readonly shape: Shape;
}

/**
 * Finds the parser of a record: the first of the list that recognises it. Only vendors whose signs the record shows are
 * asked, so that many vendors cost little; what was sent before plays no part.
 */
export class VendorFinder {
  private readonly vendors: readonly VendorParser[];
  /** By the message's first character. */
  private readonly starts: readonly (readonly Start[])[];
  private readonly marks: MarkScanner;
  private readonly shaped: readonly ShapedMarks[];
  /** Owners of the scanner that are vendors. */
  private readonly plain: VendorSet;
  private readonly apps: AppNames;
  /** Vendors without signs. */
  private readonly always: VendorSet;
  /** Vendors up to the first for which more than the start of the message has to be looked at: up to it, starts decide. */
  private readonly early: VendorSet;
  /** Vendors whose signs the record shows. */
  private low = 0;
  private high = 0;
  private readonly scratch = new UnitScratch();

  constructor(vendors: readonly VendorParser[], signsOf: ReadonlyMap<string, VendorSigns>) {
    this.vendors = vendors;
    const signs = vendors.map(({ name }) => signsOf.get(name));
    this.always = setOf(vendors.flatMap((_, vendor) => (signs[vendor] === undefined ? [vendor] : [])));
    const starts = signs.flatMap((sign, vendor) => startsOf(sign, vendor));
    this.starts = Array.from({ length: 128 }, (_, code) => starts.filter(({ text }) => text.charCodeAt(0) === code));
    const marks = signs.flatMap((sign, vendor) => (sign?.marks ?? []).map((text) => [text, vendor] as const));
    const shaped = signs.flatMap((sign, vendor) => {
      if (sign?.shaped?.marks === undefined) return [];
      return [{ vendor, shape: sign.shaped.shape, marks: sign.shaped.marks }];
    });
    if (vendors.length + shaped.length > MAX_VENDORS) throw new RangeError(`more than ${MAX_VENDORS} vendors`);
    this.shaped = shaped;
    this.plain = setOf(vendors.keys());
    const shapedMarks = shaped.flatMap((one, index) =>
      one.marks.map((text) => [text, vendors.length + index] as const),
    );
    this.marks = new MarkScanner([...marks, ...shapedMarks]);
    this.apps = new AppNames(signs);
    const beyond = signs.findIndex(
      (sign) => sign === undefined || sign.marks || sign.apps || sign.programs || sign.shaped,
    );
    this.early = setOf(Array.from({ length: beyond < 0 ? vendors.length : beyond + 1 }, (_, vendor) => vendor));
  }

  /**
   * Might any vendor recognise the record in units[from, end)? Only its bytes are looked at, which must never change.
   * @param app place of the tag or APP-NAME; from −1 for none
   */
  mayBeKnown(
    bytes: Uint8Array,
    from: number,
    end: number,
    messageAt: number,
    app: { from: number; to: number },
  ): boolean {
    this.low = this.always.low;
    this.high = this.always.high;
    this.lookAtStart(bytes, from, messageAt, end);
    this.add(app.from < 0 ? this.apps.ofMessage(bytes, messageAt, end) : this.apps.ofBytes(bytes, app.from, app.to));
    if ((this.low | this.high) !== 0) return true;
    this.lookForMarks(bytes, from, messageAt, end, true);
    return (this.low | this.high) !== 0;
  }

  /**
   * The record's text from the units at `from` on.
   * @param isKept the units never change
   */
  find(input: VendorInput, units: Units, from: number, end: number, isKept = false): VendorParser | undefined {
    const messageAt = from + input.messageAt;
    const { early, always } = this;
    this.low = 0;
    this.high = 0;
    this.lookAtStart(units, from, messageAt, end);
    const found = this.firstOf(input, this.low & early.low, this.high & early.high);
    if (found !== undefined) return found;
    this.low &= ~early.low;
    this.high &= ~early.high;
    this.add(always);
    const { appname } = input.header;
    this.add(appname === undefined ? this.apps.ofMessage(units, messageAt, end) : this.apps.of(appname));
    this.lookForMarks(units, from, messageAt, end, isKept);
    return this.firstOf(input, this.low, this.high);
  }

  /** For a text that has no units yet. */
  findInText(input: VendorInput): VendorParser | undefined {
    const { length } = input.text;
    return this.find(input, this.scratch.of(input.text, 0, length), 0, length);
  }

  private firstOf(input: VendorInput, low: number, high: number): VendorParser | undefined {
    for (let bits = low; bits !== 0; bits &= bits - 1) {
      const vendor = this.vendors[leastOf(bits)] as VendorParser;
      if (vendor.recognises(input)) return vendor;
    }
    for (let bits = high; bits !== 0; bits &= bits - 1) {
      const vendor = this.vendors[leastOf(bits) + 32] as VendorParser;
      if (vendor.recognises(input)) return vendor;
    }
    return undefined;
  }

  private add({ low, high }: VendorSet): void {
    this.low |= low;
    this.high |= high;
  }

  private addVendor(vendor: number): void {
    if (vendor < 32) this.low |= 1 << vendor;
    else this.high |= 1 << (vendor - 32);
  }

  private lookAtStart(units: Units, from: number, at: number, end: number): void {
    const unit = at < end ? (units[at] as number) : 128;
    if (unit >= 128) return;
    for (const { text, vendor, shape } of this.starts[unit] as readonly Start[]) {
      if (startsWith(units, at, end, text) && (shape === undefined || shape(units, from, at, end)))
        this.addVendor(vendor);
    }
  }

  private lookForMarks(units: Units, from: number, at: number, end: number, isKept: boolean): void {
    const { marks, plain, shaped, vendors } = this;
    marks.scan(units, from, end, isKept);
    const { low, high } = marks;
    this.low |= low & plain.low;
    this.high |= high & plain.high;
    if (((low & ~plain.low) | (high & ~plain.high)) === 0) return;
    for (let index = 0; index < shaped.length; index++) {
      const owner = vendors.length + index;
      if (((owner < 32 ? low >>> owner : high >>> (owner - 32)) & 1) === 0) continue;
      const { vendor, shape } = shaped[index] as ShapedMarks;
      if (shape(units, from, at, end)) this.addVendor(vendor);
    }
  }
}

function startsOf(sign: VendorSigns | undefined, vendor: number): Start[] {
  const plain = (sign?.starts ?? []).map((text) => ({ text, vendor, shape: undefined }));
  return [...plain, ...(sign?.shaped?.starts ?? []).map((text) => ({ text, vendor, shape: sign?.shaped?.shape }))];
}
