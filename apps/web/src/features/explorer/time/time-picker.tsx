'use client';
import { CalendarClock, ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Popover } from '@/components/ui/popover.tsx';
import { AbsoluteForm } from '@/features/explorer/time/absolute-form.tsx';
import {
  CALENDAR_RANGES,
  formatRange,
  QUICK_RANGES,
  type ResolvedRange,
  type TimeRange,
} from '@/features/explorer/time/range.ts';
import { ResolvedText } from '@/features/explorer/time/resolved-text.tsx';
import { TypedForm } from '@/features/explorer/time/typed-form.tsx';
import { useRangeLabel } from '@/features/explorer/time/use-range-label.ts';

interface TimePickerProps {
  range: TimeRange;
  resolved: ResolvedRange | null;
  onChange: (range: TimeRange) => void;
}

const CHOICES: readonly TimeRange[] = [
  ...QUICK_RANGES,
  ...CALENDAR_RANGES.map((name) => ({ kind: 'calendar', name }) as const),
];

export function TimePicker({ range, resolved, onChange }: TimePickerProps) {
  const t = useTranslations('time');
  const label = useRangeLabel();
  const [open, setOpen] = useState(false);
  const choose = (next: TimeRange) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('label')}
      className="w-[min(38rem,calc(100vw-1rem))] p-0"
      trigger={
        <Button
          size="md"
          data-testid="time-range"
          aria-label={`${t('label')}: ${label(range)}`}
          className="min-w-0 max-w-full shrink px-3"
        >
          <CalendarClock className="text-muted" />
          <span className="nums truncate">{label(range)}</span>
          <ChevronDown className="text-muted" />
        </Button>
      }
    >
      <div className="grid sm:grid-cols-[12rem_minmax(0,1fr)]">
        <fieldset className="grid max-h-72 grid-cols-2 content-start gap-0.5 overflow-y-auto border-b p-2 sm:max-h-none sm:grid-cols-1 sm:border-r sm:border-b-0">
          <legend className="sr-only">{t('quick')}</legend>
          {CHOICES.map((choice) => (
            <button
              key={formatRange(choice)}
              type="button"
              aria-pressed={formatRange(choice) === formatRange(range)}
              onClick={() => choose(choice)}
              className="h-7 rounded-md px-2 text-left hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
            >
              {label(choice)}
            </button>
          ))}
        </fieldset>
        <div className="grid content-start gap-4 p-3">
          <TypedForm onChange={choose} />
          {resolved && <AbsoluteForm key={`${resolved.from} ${resolved.to}`} resolved={resolved} onChange={choose} />}
          {resolved && (
            <p className="border-t pt-3 text-muted text-xs">
              <ResolvedText resolved={resolved} />
            </p>
          )}
        </div>
      </div>
    </Popover>
  );
}
