'use client';
import { CircleDashed, FileCheck2, Hourglass, PackageCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import type { CalendarDay } from '@/features/evidence/types.ts';
import { useFormats } from '@/i18n/use-formats.ts';

interface CalendarCellProps {
  day: string | null;
  info: CalendarDay | undefined;
  chosen: boolean;
  focusable: boolean;
  onChoose: (day: string) => void;
}

/** State by colour, icon and (for screen readers and in the hint) words. */
const LOOK = {
  none: { icon: CircleDashed, style: 'text-faint' },
  open: { icon: Hourglass, style: 'bg-note-soft text-note' },
  sealed: { icon: FileCheck2, style: 'bg-ok-soft text-ok' },
  packed: { icon: PackageCheck, style: 'bg-ok-soft text-ok' },
} as const;

export function CalendarCell({ day, info, chosen, focusable, onChoose }: CalendarCellProps) {
  const t = useTranslations('evidence');
  const { compact, number } = useFormats();
  if (!day) return <td />;
  const state = info?.state ?? 'none';
  const { icon: Icon, style } = LOOK[state];
  const late = (info?.unstamped ?? 0) > 0 && state !== 'open';
  const words = t('dayWords', {
    day,
    state: t(`dayStates.${state}`),
    records: number(info?.records ?? 0),
    segments: info?.segments ?? 0,
  });
  return (
    <td className="p-0">
      <button
        type="button"
        data-day={day}
        data-state={state}
        aria-current={chosen ? 'date' : undefined}
        tabIndex={focusable ? 0 : -1}
        title={words}
        onClick={() => onChoose(day)}
        className={cn(
          'grid h-14 w-full content-center justify-items-center rounded-lg border border-transparent hover:border-line-strong',
          late ? 'bg-warn-soft text-warn' : style,
          chosen && 'border-accent ring-1 ring-accent',
        )}
      >
        <span className="sr-only">{words}</span>
        <span aria-hidden className="nums flex items-center gap-1 font-medium text-xs">
          {Number(day.slice(8))}
          {state !== 'none' && <Icon aria-hidden className="size-3" />}
        </span>
        <span aria-hidden className="nums whitespace-nowrap text-2xs tracking-tight">
          {info && info.records > 0 ? compact(info.records) : ' '}
        </span>
      </button>
    </td>
  );
}
