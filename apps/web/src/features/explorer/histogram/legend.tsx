'use client';
import { useTranslations } from 'next-intl';
import { EVENT_TYPES, eventColour } from '@/features/explorer/fields.ts';
import type { HistogramView } from '@/features/explorer/histogram/geometry.ts';
import { useFormats } from '@/i18n/use-formats.ts';

interface LegendProps {
  view: HistogramView;
  onPick: (type: string, exclude: boolean) => void;
}

/** Colours with their words and sums; a click filters, with Alt it excludes. */
export function Legend({ view, onPick }: LegendProps) {
  const t = useTranslations('histogram');
  const { compact } = useFormats();
  const sums = new Map<string, number>();
  for (const bucket of view.buckets) {
    for (const [type, count] of Object.entries(bucket.stacks)) sums.set(type, (sums.get(type) ?? 0) + count);
  }
  const rank = (type: string) => (EVENT_TYPES as readonly string[]).indexOf(type) >>> 0;
  const types = [...sums].filter(([type, sum]) => type !== '' && sum > 0).sort(([a], [b]) => rank(a) - rank(b));
  return (
    <ul className="flex min-w-0 gap-0.5 overflow-x-auto [scrollbar-width:none]">
      {types.map(([type, sum]) => (
        <li key={type}>
          <button
            type="button"
            title={t('legendHint', { type })}
            onClick={(event) => onPick(type, event.altKey)}
            className="flex h-6 items-center gap-1.5 whitespace-nowrap rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-ink"
          >
            <span aria-hidden className="size-2 rounded-sm" style={{ backgroundColor: eventColour(type) }} />
            {type}
            <span className="nums text-faint">{compact(sum)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
