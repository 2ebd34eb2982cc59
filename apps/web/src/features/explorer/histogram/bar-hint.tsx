'use client';
import { useTranslations } from 'next-intl';
import { eventColour } from '@/features/explorer/fields.ts';
import type { BarInput } from '@/features/explorer/histogram/geometry.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useFormats, useZone } from '@/i18n/use-formats.ts';

const WIDTH = 244;

/** Counts of the bar under the pointer. */
export function BarHint({
  bucket,
  interval,
  x,
  width,
}: {
  bucket: BarInput;
  interval: number;
  x: number;
  width: number;
}) {
  const t = useTranslations('histogram');
  const zone = useZone();
  const { number } = useFormats();
  const stacks = Object.entries(bucket.stacks)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
  return (
    <div
      className="pointer-events-none absolute top-full z-30 mt-1 rounded-md border bg-raised p-2 text-xs shadow-lg"
      style={{ width: WIDTH, left: Math.max(0, Math.min(width - WIDTH, x - WIDTH / 2)) }}
    >
      <p className="nums text-muted">
        {formatStamp(bucket.from, zone, false)} – {formatStamp(bucket.from + interval, zone, false).slice(11)}
      </p>
      <p className="nums mt-1 font-medium">{t('records', { count: bucket.count })}</p>
      <ul className="mt-1 grid gap-0.5">
        {stacks.map(([type, count]) => (
          <li key={type} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-sm" style={{ backgroundColor: eventColour(type) }} />
            <span className="min-w-0 flex-1 truncate">{type || t('untyped')}</span>
            <span className="nums">{number(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
