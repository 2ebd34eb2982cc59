import type { PipelineState } from '@logmaster/core/api/health';
import { useTranslations } from 'next-intl';
import { useDuration } from '@/features/health/use-duration.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** Older than this, what waits is a backlog and not what is just under way. */
const BEHIND_SECONDS = 10;

/** What is journaled and not yet searchable: how much, how old, and when it will be gone. */
export function BacklogPanel({ pipeline }: { pipeline: PipelineState }) {
  const t = useTranslations('health');
  const { number, bytes } = useFormats();
  const duration = useDuration();
  const { backlog, lag_seconds } = pipeline;
  const behind = backlog.oldest_seconds > BEHIND_SECONDS;
  const stuck = behind && backlog.drain_seconds === null;
  const drain =
    backlog.records === 0
      ? t('drainNothing')
      : backlog.drain_seconds === null
        ? t('drainNever')
        : duration(backlog.drain_seconds);
  const rate = (value: number) => t('perSecondValue', { value: number(Math.round(value)) });
  const figures = [
    ['backlogRecords', number(backlog.records), bytes(backlog.bytes)],
    ['backlogOldest', duration(backlog.oldest_seconds), t('sealLag', { lag: duration(lag_seconds.seal) })],
    ['backlogDrain', drain, undefined],
    ['backlogRates', rate(backlog.leaving_per_second), t('arriving', { rate: rate(backlog.arriving_per_second) })],
  ] as const;
  return (
    <section className="rounded-xl border bg-surface p-4" data-testid="backlog">
      <h2 className="font-semibold">{t('backlog')}</h2>
      <p className="text-muted text-xs">{t(stuck ? 'backlogStuck' : behind ? 'backlogBehind' : 'backlogFine')}</p>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-4">
        {figures.map(([name, value, note]) => (
          <div key={name} className="min-w-0">
            <dt className="text-muted text-xs">{t(name)}</dt>
            <dd
              className={`nums mt-0.5 font-semibold text-lg ${behind && name === 'backlogOldest' ? 'text-warn' : ''}`}
            >
              {value}
            </dd>
            {note !== undefined && <dd className="nums text-muted text-xs">{note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
