import { UnitScratch, type Units } from '../syslog/units.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { AppNames } from './app-names.ts';
import { Candidates, MAX_VENDORS, placeOf } from './candidates.ts';
import { MarkScanner } from './mark-scanner.ts';
import type { Shape } from './shapes.ts';
import { StartSigns } from './start-signs.ts';
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
  private readonly marks: MarkScanner;
  /**
   * By the message's first unit: the first vendor for which more than the start of the message has to be looked at. Up to it,
   * starts decide.
   */
  private readonly early: readonly number[];
  private readonly last: number;
  /** The scanner adds to them. */
  private readonly candidates: Candidates;
  private readonly scratch = new UnitScratch();

  constructor(vendors: readonly VendorParser[], signsOf: ReadonlyMap<string, VendorSigns>) {
    if (vendors.length > MAX_VENDORS) throw new RangeError(`${vendors.length} vendors, of at most ${MAX_VENDORS}`);
    this.vendors = vendors;
    this.last = vendors.length - 1;
    const signs = vendors.map(({ name }) => signsOf.get(name));
    this.shapes = signs.map((sign) => sign?.shaped?.shape);
    this.starts = new StartSigns(signs);
    this.apps = new AppNames(signs);
    this.early = Array.from({ length: 256 }, (_, unit) => {
      const beyond = signs.findIndex((sign) => sign === undefined || looksFurther(sign, String.fromCharCode(unit)));
      return beyond < 0 ? this.last : beyond;
    });
    this.marks = new MarkScanner(
      signs.flatMap((sign, vendor) => [
        ...(sign?.marks ?? []).map((text) => [text, placeOf(vendor, false)] as const),
        ...(sign?.shaped?.marks ?? []).map((text) => [text, placeOf(vendor, true)] as const),
      ]),
    );
    this.candidates = new Candidates(this.marks.found);
  }

  /**
   * Might any vendor recognise the record in units[from, end)? Only its bytes are looked at, which must never change.
   * @param app place of the tag or APP-NAME; from −1 for none
   */
  mayBeKnown(bytes: Uint8Array, from: number, end: number, messageAt: number, app: Span): boolean {
    const { candidates } = this;
    this.starts.look(bytes, messageAt, end, candidates);
    if (app.from < 0) this.add(this.apps.ofMessage(bytes, messageAt, end));
    else this.add(this.apps.ofBytes(bytes, app.from, app.to));
    if (candidates.areSome) return true;
    this.marks.scan(bytes, from, end, true);
    if (candidates.areSome) return true;
    for (let vendor = candidates.next(0); vendor >= 0; vendor = candidates.next(vendor + 1)) {
      if (this.hasShape(vendor, bytes, from, messageAt, end)) return true;
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
    const messageAt = from + input.messageAt;
    const early = messageAt < end ? (this.early[units[messageAt] as number] as number) : 0;
    this.starts.look(units, messageAt, end, this.candidates);
    const found = this.firstOf(input, units, from, end, 0, early);
    if (found !== undefined) return found;
    const { appname } = input.header;
    if (appname === undefined) this.add(this.apps.ofMessage(units, messageAt, end));
    else this.add(app === undefined ? this.apps.of(appname) : this.apps.ofBytes(units, app.from, app.to));
    this.marks.scan(units, from, end, isKept);
    return this.firstOf(input, units, from, end, early, this.last);
  }

  /** For a text that has no units yet. */
  findInText(input: VendorInput): VendorParser | undefined {
    const { length } = input.text;
    return this.find(input, this.scratch.of(input.text, 0, length), 0, length);
  }

  /** The first of the candidates from `first` to `last` that recognises the record. */
  private firstOf(
    input: VendorInput,
    units: Units,
    from: number,
    end: number,
    first: number,
    last: number,
  ): VendorParser | undefined {
    const { candidates, vendors } = this;
    for (let vendor = candidates.next(first); vendor >= 0 && vendor <= last; vendor = candidates.next(vendor + 1)) {
      const parser = vendors[vendor] as VendorParser;
      const mayBe = candidates.has(vendor) || this.hasShape(vendor, units, from, from + input.messageAt, end);
      if (mayBe && parser.recognises(input)) return parser;
    }
    return undefined;
  }

  private hasShape(vendor: number, units: Units, from: number, at: number, end: number): boolean {
    return (this.shapes[vendor] as Shape)(units, from, at, end);
  }

  private add(vendors: readonly number[]): void {
    for (const vendor of vendors) this.candidates.add(vendor, false);
  }
}

/** May signs beyond the start of a message that begins with `first` make a record the vendor's? */
function looksFurther({ marks, apps, programs, shaped, notBehind }: VendorSigns, first: string): boolean {
  if (notBehind?.includes(first)) return false;
  const isMarked = marks !== undefined || shaped?.marks !== undefined;
  return isMarked || apps !== undefined || programs !== undefined || (shaped !== undefined && !shaped.starts);
}
