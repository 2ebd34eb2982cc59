import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { startsWith, UnitScratch, type Units } from '../syslog/units.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { MarkScanner } from './mark-scanner.ts';
import type { VendorSigns } from './signs.ts';

/** Senders make up tags: beyond so many, those that were seen are forgotten. */
const MAX_APPS = 4096;

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
    this.apps = new AppNames(signs.map((sign) => sign?.apps ?? []));
    const beyond = signs.findIndex((sign) => sign === undefined || sign.marks !== undefined || sign.apps !== undefined);
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
    if (app.from >= 0 && this.apps.of(bytes, app.from, app.to).length > 0) return true;
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
    if (input.header.appname !== undefined)
      for (const vendor of this.apps.ofText(input.header.appname)) this.add(vendor);
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

const NONE: readonly number[] = [];

/** Which vendors send under a name. */
class AppNames {
  private readonly names: readonly string[];
  private readonly owners = new Map<string, number[]>();
  private readonly dictionary = new ByteDictionary();

  constructor(appsOf: readonly (readonly string[])[]) {
    for (const [vendor, apps] of appsOf.entries()) {
      for (const app of apps) this.owners.set(app, [...(this.owners.get(app) ?? []), vendor]);
    }
    this.names = [...this.owners.keys()];
    this.forget();
  }

  ofText(name: string): readonly number[] {
    return this.owners.get(name) ?? NONE;
  }

  of(bytes: Uint8Array, from: number, to: number): readonly number[] {
    if (this.names.length === 0) return NONE;
    if (this.dictionary.size > MAX_APPS) this.forget();
    const code = this.dictionary.code(bytes, from, to);
    return code > this.names.length ? NONE : this.ofText(this.names[code - 1] as string);
  }

  private forget(): void {
    this.dictionary.clear();
    for (const name of this.names) this.dictionary.codeOfText(name);
  }
}
