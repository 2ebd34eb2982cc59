import type { FlatEvent } from '@logmaster/core/event/event';

/** A closed UTC day (of received-at) of one site, as its packed folder in the archive holds it. */
export interface PackedDay {
  /** Site id. */
  readonly site: string;
  /** `YYYY-MM-DD`, UTC, by `logmaster.received_at`. */
  readonly day: string;
  /** Absolute path of the day's `events.parquet`. It must stay there: searches read it in place. */
  readonly parquet: string;
  /** Rows in it. */
  readonly records: number;
}

/** Makes the file of a packed day. It needs no index. May be repeated with the same arguments after a crash. */
export interface PackedDayWriter {
  /**
   * Writes the day's events, in any order, to `path` as Parquet, newest `@timestamp` first, then record id; in
   * bounded memory, fsynced, under its final name by one rename. An event of another site or another received day is refused
   * with INVALID_INPUT and leaves no file.
   */
  writeDayParquet(day: {
    readonly site: string;
    readonly day: string;
    readonly events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>;
    readonly path: string;
  }): Promise<{ readonly records: number }>;
}

/** The cold tier of the index. A (site, day) is served from exactly one tier at a time; the catalogue says which. */
export interface PackedDayCatalogue {
  /**
   * From one catalogue transaction on, the rows of (site, day) come from `parquet` and no longer from fresh files;
   * rows of that site and day that are written later (a replay) stay hidden, because the packed file has them too.
   * Fresh files whose rows are all replaced are dropped once no reader holds them. `parquet` is read back first: a
   * row count other than `records` is refused with INVALID_INPUT and changes nothing. May be repeated after a crash.
   */
  replaceDay(day: PackedDay): Promise<void>;
}

export type PackedDayIndex = PackedDayWriter & PackedDayCatalogue;
