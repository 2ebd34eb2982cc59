'use client';
import { type HistogramView, tickIndexes } from '@/features/explorer/histogram/geometry.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useFormats, useZone } from '@/i18n/use-formats.ts';

const DAY_MS = 86_400_000;
const LABEL_PX = 110;

/** Labels under the bars: clock times, with the date where bars are hours or days; the peak at the top right. */
export function Axis({ view, width, peak }: { view: HistogramView; width: number; peak: number }) {
  const zone = useZone();
  const { compact } = useFormats();
  const label = (ms: number) => {
    const stamp = formatStamp(ms, zone, false);
    if (view.interval >= DAY_MS) return stamp.slice(5, 10);
    if (view.to - view.from > DAY_MS) return stamp.slice(5, 16);
    return view.interval < 60_000 ? stamp.slice(11) : stamp.slice(11, 16);
  };
  const step = view.buckets.length > 0 ? width / view.buckets.length : 0;
  return (
    <div aria-hidden className="nums pointer-events-none relative h-4 overflow-hidden text-2xs text-faint">
      {tickIndexes(view.buckets.length, width, LABEL_PX).map((index) => (
        <span key={index} className="absolute top-0 border-line-strong/50 border-l pl-1" style={{ left: index * step }}>
          {label(view.buckets[index]?.from ?? 0)}
        </span>
      ))}
      <span className="absolute top-0 right-0 bg-surface pl-1">↑ {compact(peak)}</span>
    </div>
  );
}
