import { utcDay } from '@logmaster/core/time';
import type { CalendarDay } from '../../contracts/evidence.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { type DayFound, readDay } from './read-day.ts';
import { requireSite } from './require-site.ts';

type Deps = Pick<Dependencies, 'layout' | 'clock'>;

/** `open` holds for today alone, whatever of it is sealed already: more is coming. */
export function stateOfDay(found: DayFound, day: string, today: string): CalendarDay['state'] {
  const sealed = found.segments.length + found.damaged.length > 0;
  if (day === today && found.packed.length === 0) return 'open';
  if (sealed) return 'sealed';
  return found.packed.length > 0 ? 'packed' : 'none';
}

export function summariseDay(found: DayFound, day: string, today: string): CalendarDay {
  const all = [...found.packed, ...found.segments];
  const stamps = all.map(({ stamp }) => stamp).filter((stamp) => stamp !== null);
  const sum = (of: (item: (typeof all)[number]) => number) => all.reduce((total, item) => total + of(item), 0);
  return {
    day,
    state: stateOfDay(found, day, today),
    segments: found.segments.length + found.packed.reduce((total, { segments }) => total + segments, 0),
    records: sum(({ records }) => records),
    bytes: sum(({ bytes }) => bytes),
    unstamped: all.length - stamps.length,
    legal: stamps.length === 0 ? null : stamps.every(({ legal }) => legal),
    damaged: found.damaged.length,
  };
}

/** `YYYY-MM` → its days. */
export function daysOfMonth(month: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: last }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}

/** A month of a site: what is sealed of each UTC day. */
export async function listEvidenceMonth(
  { layout, clock }: Deps,
  user: SessionUser,
  { siteId, month }: { readonly siteId: string; readonly month: string },
) {
  requireSite(user, siteId);
  const today = utcDay(clock());
  const days: CalendarDay[] = [];
  for (const day of daysOfMonth(month)) {
    days.push(summariseDay(await readDay(layout.archive, siteId, day), day, today));
  }
  return { siteId, month, days };
}
