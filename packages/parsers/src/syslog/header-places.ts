import { UnitTime } from '../time/unit-time.ts';

/** A part of a header: [from, to); `from` is −1 where there is none. */
export class Place {
  from = -1;
  to = -1;

  set(from: number, to: number): void {
    this.from = from;
    this.to = to;
  }

  take(other: Place): void {
    this.set(other.from, other.to);
  }
}

/** Where the parts of one record's header stand, in memory that is used again. */
export class HeaderPlaces {
  /** 0–191, or −1. */
  priority = -1;
  isPriorityTooHigh = false;
  readonly version = new Place();
  readonly hostname = new Place();
  readonly appname = new Place();
  readonly procid = new Place();
  readonly msgid = new Place();
  /** Structured data with at least one element. */
  readonly data = new Place();
  isDataMalformed = false;
  hasTime = false;
  readonly time = new UnitTime();
  messageAt = 0;

  clear(): void {
    this.priority = -1;
    this.isPriorityTooHigh = false;
    this.isDataMalformed = false;
    this.hasTime = false;
    // Written out: every record comes here.
    this.version.from = -1;
    this.hostname.from = -1;
    this.appname.from = -1;
    this.procid.from = -1;
    this.msgid.from = -1;
    this.data.from = -1;
  }

  /** What a header says that this one carries; what it doesn't say stays. A time with a zone is surer than one without. */
  takeCarried(other: HeaderPlaces): void {
    if (other.priority >= 0) this.priority = other.priority;
    const isSurer = this.hasTime && this.time.offset !== undefined && other.time.offset === undefined;
    if (other.hasTime && !isSurer) this.time.take(other.time);
    this.hasTime ||= other.hasTime;
    this.isDataMalformed = other.isDataMalformed;
    if (other.version.from >= 0) this.version.take(other.version);
    if (other.hostname.from >= 0) this.hostname.take(other.hostname);
    if (other.data.from >= 0) this.data.take(other.data);
    // The relay's program is not the device's; a PRI alone names neither.
    if (other.hasTime || other.hostname.from >= 0 || other.appname.from >= 0) {
      this.appname.take(other.appname);
      this.procid.take(other.procid);
      this.msgid.take(other.msgid);
    }
    this.messageAt = other.messageAt;
  }
}
