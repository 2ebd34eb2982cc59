// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table with role grid is the WAI-ARIA pattern of a date grid
// biome-ignore-all lint/a11y/useSemanticElements: a table with role grid is the WAI-ARIA pattern of a date grid
'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { CalendarCell } from '@/features/evidence/calendar-cell.tsx';
import { dayForKey, monthWeeks, shiftMonth } from '@/features/evidence/calendar-geometry.ts';

interface CalendarProps {
  siteId: string;
  day: string;
  onDay: (day: string) => void;
}

/** A month of UTC days. Arrow keys move, Enter or Space chooses (the pattern of the ARIA date grid). */
export function Calendar({ siteId, day, onDay }: CalendarProps) {
  const t = useTranslations('evidence');
  const locale = useLocale();
  const [month, setMonth] = useState(day.slice(0, 7));
  const [focus, setFocus] = useState(day);
  const moveFocus = useRef(false);
  const grid = useRef<HTMLTableElement>(null);
  const data = useQuery(useTRPC().evidence.calendar.queryOptions({ siteId, month }, { placeholderData: (old) => old }));
  const days = new Map(data.data?.month === month ? data.data.days.map((one) => [one.day, one]) : []);
  const format = new Intl.DateTimeFormat(locale === 'tr' ? 'tr-TR' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const weekday = new Intl.DateTimeFormat(locale === 'tr' ? 'tr-TR' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });

  useEffect(() => {
    setMonth(day.slice(0, 7));
    setFocus(day);
  }, [day]);
  useEffect(() => {
    if (moveFocus.current) grid.current?.querySelector<HTMLElement>(`[data-day="${focus}"]`)?.focus();
    moveFocus.current = false;
  }, [focus]);

  function onKeyDown(event: KeyboardEvent) {
    const next = dayForKey(focus, event.key);
    if (!next) return;
    event.preventDefault();
    moveFocus.current = true;
    setMonth(next.slice(0, 7));
    setFocus(next);
  }
  const turn = (by: number) => {
    const next = shiftMonth(month, by);
    setMonth(next);
    setFocus(`${next}-01`);
  };
  return (
    <section aria-label={t('calendar')} data-testid="calendar" className="rounded-xl border bg-surface p-3">
      <header className="mb-2 flex items-center gap-1">
        <h2 aria-live="polite" className="flex-1 pl-1 font-semibold first-letter:uppercase">
          {format.format(Date.parse(`${month}-01T00:00:00Z`))}{' '}
          <span className="font-normal text-faint text-xs">UTC</span>
        </h2>
        <Button variant="ghost" size="icon" aria-label={t('previousMonth')} onClick={() => turn(-1)}>
          <ChevronLeft />
        </Button>
        <Button variant="ghost" size="icon" aria-label={t('nextMonth')} onClick={() => turn(1)}>
          <ChevronRight />
        </Button>
      </header>
      {data.error && <ErrorNote error={data.error} retry={() => void data.refetch()} />}
      <table
        ref={grid}
        role="grid"
        aria-label={t('calendar')}
        onKeyDown={onKeyDown}
        className="w-full table-fixed border-separate border-spacing-1"
      >
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((index) => (
              <th key={index} scope="col" className="pb-1 font-medium text-2xs text-faint">
                {weekday.format(Date.UTC(2024, 0, 1 + index))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((cell, index) => (
                <CalendarCell
                  key={cell ?? `${index}`}
                  day={cell}
                  info={cell ? days.get(cell) : undefined}
                  chosen={cell === day}
                  focusable={cell === focus}
                  onChoose={onDay}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
