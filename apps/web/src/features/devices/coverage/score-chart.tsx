'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { scoreBars } from '@/features/devices/coverage/score-bars.ts';
import type { DeviceCoverage } from '@/features/devices/coverage/use-coverage.ts';
import { useFormats } from '@/i18n/use-formats.ts';

const GOOD = 0.95;
const FAIR = 0.8;

function toneOf(score: number): string {
  if (score >= GOOD) return 'bg-ok';
  return score >= FAIR ? 'bg-warn' : 'bg-bad';
}

/** The score of each of the last hours; a bar's height says how much was parsed whole, its words say it to those who see no bars. */
export function ScoreChart({ hours, span, now }: { hours: DeviceCoverage['hours']; span: number; now: number }) {
  const t = useTranslations('coverage');
  const { dateTime, number, percent } = useFormats();
  const bars = scoreBars(hours, span, now);
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <figure className="grid gap-1">
      <ol className="flex h-20 items-end gap-px rounded-lg bg-sunken p-1" data-testid="score-chart">
        {bars.map(({ at, score, records }) => {
          const text =
            score === null
              ? t('barNone', { at: dateTime(at) })
              : t('bar', { at: dateTime(at), score: percent(score), records: number(records) });
          return (
            <li key={at} title={text} className="flex h-full min-w-0 flex-1 items-end">
              <span
                className={cn('block w-full rounded-sm', score === null ? 'bg-line' : toneOf(score))}
                style={{ height: score === null ? '2px' : `${Math.max(4, score * 100)}%` }}
              />
              <span className="sr-only">{text}</span>
            </li>
          );
        })}
      </ol>
      <figcaption className="nums flex justify-between text-muted text-xs">
        <span>{dateTime(first.at)}</span>
        <span>{dateTime(last.at)}</span>
      </figcaption>
    </figure>
  );
}
