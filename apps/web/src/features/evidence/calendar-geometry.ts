/** Month arithmetic on UTC days, which is what the archive's folders are. */

/** `2026-11` moved by months. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** Weeks from Monday to Sunday that cover a month; days of other months are null. */
export function monthWeeks(month: string): (string | null)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = new Date(Date.UTC(year, number - 1, 1));
  const lead = (first.getUTCDay() + 6) % 7;
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const cells: (string | null)[] = [
    ...Array.from({ length: lead }, () => null),
    ...Array.from({ length }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Day that an arrow key leads to, as in any date grid; null for other keys. */
export function dayForKey(day: string, key: string): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const step = steps[key];
  if (step !== undefined) return shiftDay(day, step);
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  if (key === 'Home') return shiftDay(day, -weekday);
  if (key === 'End') return shiftDay(day, 6 - weekday);
  if (key === 'PageUp' || key === 'PageDown') {
    const month = shiftMonth(day.slice(0, 7), key === 'PageUp' ? -1 : 1);
    const last = monthWeeks(month).flat().filter(Boolean).at(-1) as string;
    const same = `${month}${day.slice(7)}`;
    return same > last ? last : same;
  }
  return null;
}
