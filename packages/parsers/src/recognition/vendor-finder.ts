import { startsWith, UnitScratch, type Units } from '../syslog/units.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { AppNames } from './app-names.ts';
import { MarkScanner } from './mark-scanner.ts';
import type { VendorSigns } from './signs.ts';

const COLON = 0x3a;
/** How far from the message's start the colon behind a program's name may stand: see programs/program.ts. */
const MAX_PROGRAM = 160;
const NOBODY: readonly number[] = [];

interface Start {
  readonly text: string;
  readonly vendor: number;
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
  private readonly apps: AppNames;
  /** Vendors without signs. */
  private readonly always: readonly number[];
  /** The first vendor for which more than the start of the message has to be looked at: up to it, starts decide. */
  private readonly firstBeyondStarts: number;
  private readonly candidates: number[] = [];
  private readonly scratch = new UnitScratch();

  constructor(vendors: readonly VendorParser[], signsOf: ReadonlyMap<string, VendorSigns>) {
    this.vendors = vendors;
    const signs = vendors.map(({ name }) => signsOf.get(name));
    this.always = vendors.flatMap((_, vendor) => (signs[vendor] === undefined ? [vendor] : []));
    const starts = signs.flatMap((sign, vendor) => (sign?.starts ?? []).map((text) => ({ text, vendor })));
    this.starts = Array.from({ length: 128 }, (_, code) => starts.filter(({ text }) => text.charCodeAt(0) === code));
    this.marks = new MarkScanner(
      signs.flatMap((sign, vendor) => (sign?.marks ?? []).map((text) => [text, vendor] as const)),
    );
    this.apps = new AppNames(signs);
    const beyond = signs.findIndex((sign) => sign === undefined || sign.marks || sign.apps || sign.programs);
    this.firstBeyondStarts = beyond < 0 ? vendors.length : beyond;
  }

  /**
   * Might any vendor recognise the record in units[from, end)? Only its bytes are looked at.
   * @param app place of the tag or APP-NAME; from −1 for none
   */
  mayBeKnown(
    bytes: Uint8Array,
    from: number,
    end: number,
    messageAt: number,
    app: { from: number; to: number },
  ): boolean {
    if (this.always.length > 0) return true;
    this.candidates.length = 0;
    this.addStarts(bytes, messageAt, end);
    if (this.candidates.length > 0) return true;
    const senders = app.from < 0 ? this.withoutTag(bytes, messageAt, end) : this.apps.ofBytes(bytes, app.from, app.to);
    if (senders.length > 0) return true;
    this.marks.scan(bytes, from, end, this.add);
    return this.candidates.length > 0;
  }

  /** The record's text from the units at `from` on. */
  find(input: VendorInput, units: Units, from: number, end: number): VendorParser | undefined {
    this.candidates.length = 0;
    this.addStarts(units, from + input.messageAt, end);
    for (const vendor of this.candidates) {
      if (vendor <= this.firstBeyondStarts && this.recognises(vendor, input)) return this.vendors[vendor];
    }
    for (const vendor of this.always) this.add(vendor);
    const { appname } = input.header;
    const senders = appname === undefined ? this.withoutTag(units, from + input.messageAt, end) : this.apps.of(appname);
    for (const vendor of senders) this.add(vendor);
    this.marks.scan(units, from, end, this.add);
    for (const vendor of this.candidates) if (this.recognises(vendor, input)) return this.vendors[vendor];
    return undefined;
  }

  /** For a text that has no units yet. */
  findInText(input: VendorInput): VendorParser | undefined {
    const { length } = input.text;
    return this.find(input, this.scratch.of(input.text, 0, length), 0, length);
  }

  private recognises(vendor: number, input: VendorInput): boolean {
    return (this.vendors[vendor] as VendorParser).recognises(input);
  }

  /** Programs may write without a tag; then their name stands before a colon near the message's start. */
  private withoutTag(units: Units, messageAt: number, end: number): readonly number[] {
    const limit = Math.min(end, messageAt + MAX_PROGRAM);
    for (let at = messageAt; at < limit; at++) if (units[at] === COLON) return this.apps.ofProgramsWithoutTag;
    return NOBODY;
  }

  private addStarts(units: Units, messageAt: number, end: number): void {
    const unit = messageAt < end ? (units[messageAt] as number) : 128;
    if (unit >= 128) return;
    for (const { text, vendor } of this.starts[unit] as readonly Start[]) {
      if (startsWith(units, messageAt, end, text)) this.add(vendor);
    }
  }

  /** Keeps the candidates in the order of the list. */
  private readonly add = (vendor: number): void => {
    const { candidates } = this;
    let at = candidates.length;
    while (at > 0 && (candidates[at - 1] as number) > vendor) at--;
    if (at > 0 && candidates[at - 1] === vendor) return;
    candidates.push(vendor);
    for (let place = candidates.length - 1; place > at; place--) candidates[place] = candidates[place - 1] as number;
    candidates[at] = vendor;
  };
}
