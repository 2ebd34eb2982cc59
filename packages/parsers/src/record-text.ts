import type { RowText } from './event/row-event.ts';
import { headerOf, type SyslogHeader } from './syslog/header.ts';
import { HeaderPlaces, Place } from './syslog/header-places.ts';
import { placeHeader } from './syslog/place-header.ts';
import { UnitScratch, type Units } from './syslog/units.ts';
import { decodeText, trimmedBytes, trimmedEnd } from './text.ts';
import type { VendorInput } from './vendor.ts';

/** One record as text, its header read. */
export class RecordText implements RowText, VendorInput {
  original = '';
  isAscii = true;
  /** Without line ends. */
  text = '';
  header: SyslogHeader = { messageAt: 0 };
  messageFrom = 0;
  messageTo = 0;
  /** The text as numbers: units[from, to). */
  units: Units = new Uint8Array(0);
  from = 0;
  to = 0;
  /** The tag or APP-NAME among the units. */
  readonly app = new Place();
  private readonly places = new HeaderPlaces();
  private readonly scratch = new UnitScratch();

  get messageAt(): number {
    return this.messageFrom;
  }

  /** Takes the record in bytes[from, to), which are ASCII, and its text. */
  takeAscii(bytes: Uint8Array, from: number, to: number, original: string): void {
    const end = trimmedBytes(bytes, from, to);
    placeHeader(bytes, from, end, this.places);
    this.takePlaced(bytes, from, end, original, this.places);
  }

  /** The same, with a header that is placed already. */
  takePlaced(bytes: Uint8Array, from: number, end: number, original: string, places: HeaderPlaces): void {
    this.isAscii = true;
    this.take(original, end - from, bytes, from, places);
  }

  takeOther(raw: Uint8Array): void {
    this.isAscii = false;
    const original = decodeText(raw);
    const end = trimmedEnd(original);
    const units = this.scratch.of(original, 0, end);
    placeHeader(units, 0, end, this.places);
    this.take(original, end, units, 0, this.places);
  }

  private take(original: string, length: number, units: Units, from: number, places: HeaderPlaces): void {
    this.original = original;
    this.text = length === original.length ? original : original.slice(0, length);
    this.units = units;
    this.from = from;
    this.to = from + length;
    this.header = headerOf(this.text, units, from, places);
    this.messageFrom = this.header.messageAt;
    this.messageTo = length;
    this.app.set(places.appname.from, places.appname.to);
  }
}
