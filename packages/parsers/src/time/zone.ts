import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';

/** Offsets change at quarter hours at the finest (Lord Howe moves by half an hour). */
const SLOT: Micros = 15 * 60 * MICROS_PER_SECOND;
const HALF_DAY: Micros = 12 * 3600 * MICROS_PER_SECOND;
/** Ten weeks of quarter hours: live traffic touches a handful, a replay of old logs more. */
const MAX_SLOTS = 6_720;

interface ZoneOffsets {
  readonly format: Intl.DateTimeFormat;
  readonly slots: Map<number, Micros>;
}

export interface ZoneClock {
  /**
   * The moment at which clocks in `zone` showed `local` (µs, as if it were UTC). An hour that comes twice in autumn is
   * the one nearer to `near`; an hour skipped in spring is read with the offset before it. Undefined for an unknown zone.
   */
  toUtc(local: Micros, zone: string, near: Micros): Micros | undefined;
}

/** Remembers offsets per zone and quarter hour: asking Intl costs microseconds, a record may not. */
export function createZoneClock(maxZones = 64): ZoneClock {
  const zones = new Map<string, ZoneOffsets | undefined>();
  /** The zone and the quarter hour asked for last, where a day before and a day after have one offset. */
  let steadyZone: string | undefined;
  let steadySlot = 0;
  let steadyOffset: Micros = 0;

  function offsetsOf(zone: string): ZoneOffsets | undefined {
    const known = zones.get(zone);
    if (known || zones.has(zone)) return known;
    if (zones.size >= maxZones) zones.clear();
    const offsets = createOffsets(zone);
    zones.set(zone, offsets);
    return offsets;
  }

  return {
    toUtc(local, zone, near) {
      if (zone === 'UTC') return local;
      const slot = Math.floor(local / SLOT);
      if (slot === steadySlot && zone === steadyZone) return local - steadyOffset;
      const offsets = offsetsOf(zone);
      if (!offsets) return undefined;
      const before = offsetAt(offsets, local - HALF_DAY - HALF_DAY);
      const after = offsetAt(offsets, local + HALF_DAY + HALF_DAY);
      if (before === after) {
        steadyZone = zone;
        steadySlot = slot;
        steadyOffset = before;
        return local - before;
      }
      const early = local - before;
      const late = local - after;
      const earlyFits = offsetAt(offsets, early) === before;
      const lateFits = offsetAt(offsets, late) === after;
      if (earlyFits && lateFits) return Math.abs(early - near) <= Math.abs(late - near) ? early : late;
      return lateFits ? late : early;
    },
  };
}

function createOffsets(zone: string): ZoneOffsets | undefined {
  try {
    return {
      format: new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }),
      slots: new Map(),
    };
  } catch (error) {
    // RangeError is how Intl says that it has no such zone; the caller notes it on the record.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** UTC offset at a moment, positive east of Greenwich, in µs. */
function offsetAt(zone: ZoneOffsets, moment: Micros): Micros {
  const slot = Math.floor(moment / SLOT);
  const known = zone.slots.get(slot);
  if (known !== undefined) return known;
  if (zone.slots.size >= MAX_SLOTS) zone.slots.clear();
  const parts = zone.format.formatToParts(new Date((slot * SLOT) / 1000));
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
  const seconds = match ? Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0) : 0;
  const offset = (match?.[1] === '-' ? -seconds : seconds) * MICROS_PER_SECOND;
  zone.slots.set(slot, offset);
  return offset;
}
