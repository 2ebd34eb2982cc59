'use client';
import { useTranslations } from 'next-intl';
import type { TimeRange } from '@/features/explorer/time/range.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';

/** A range as the button of the picker says it: "Last 15 minutes", "Dün", or from – to. */
export function useRangeLabel(): (range: TimeRange) => string {
  const t = useTranslations('time');
  const zone = useZone();
  return (range) => {
    if (range.kind === 'last') return t(`last.${range.unit}`, { amount: range.amount });
    if (range.kind === 'calendar') return t(`calendar.${range.name}`);
    const from = formatStamp(range.from, zone, false);
    const to = formatStamp(range.to, zone, false);
    return `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
  };
}
