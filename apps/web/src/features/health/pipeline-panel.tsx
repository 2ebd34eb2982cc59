'use client';
import type { PipelineState } from '@logmaster/core/api/health';
import { useTranslations } from 'next-intl';
import { BacklogPanel } from '@/features/health/backlog-panel.tsx';
import { Identities } from '@/features/health/identities.tsx';
import { SocketsTable } from '@/features/health/sockets-table.tsx';
import { SourcesTable } from '@/features/health/sources-table.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

/** Where the records of this node are: sums that must hold, what waits, who sends, by which port, and what was odd. */
export function PipelinePanel({ pipeline }: { pipeline: PipelineState }) {
  const t = useTranslations('health');
  const { number, dateTime } = useFormats();
  const { sealed } = pipeline;
  const figures = [
    ['sealedRecords', sealed.records],
    ['sealedSegments', sealed.segments],
    ['unstamped', sealed.unstamped],
    ['connections', pipeline.connections],
  ] as const;
  return (
    <div className="grid min-w-0 gap-5">
      <Identities pipeline={pipeline} />
      <BacklogPanel pipeline={pipeline} />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name} className="rounded-xl border bg-surface p-3.5">
            <dt className="text-muted text-xs">{t(name)}</dt>
            <dd className="nums mt-0.5 font-semibold text-lg">{number(value)}</dd>
          </div>
        ))}
      </dl>
      <SourcesTable sources={pipeline.sources} />
      <SocketsTable sockets={pipeline.sockets} />
      <UnusualInput unusual={pipeline.unusual} />
      <p className="nums text-faint text-xs">
        {t('node', { node: pipeline.node, since: dateTime(Date.parse(pipeline.started_at)) })}
      </p>
    </div>
  );
}

function UnusualInput({ unusual }: { unusual: PipelineState['unusual'] }) {
  const t = useTranslations('health');
  const { number } = useFormats();
  return (
    <section className="rounded-xl border bg-surface p-4">
      <h2 className="font-semibold">{t('unusual')}</h2>
      <p className="text-muted text-xs">{t('unusualText')}</p>
      <dl className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-1.5 text-[0.8125rem]">
        {Object.entries(unusual).map(([name, count]) => (
          <div key={name} className="flex justify-between gap-3 border-b py-1">
            <dt className={count > 0 ? '' : 'text-faint'}>
              {t.has(`unusualNames.${name}`) ? t(`unusualNames.${name}`) : name}
            </dt>
            <dd className={count > 0 ? 'nums font-medium text-warn' : 'nums text-faint'}>{number(count)}</dd>
          </div>
        ))}
      </dl>
      {Object.keys(unusual).length === 0 && <p className="mt-2 text-muted text-xs">{t('nothingUnusual')}</p>}
    </section>
  );
}
