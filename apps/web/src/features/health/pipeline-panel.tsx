'use client';
import type { PipelineState } from '@logmaster/core/api/health';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/i18n/use-formats.ts';

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);

/** The two identities as sentences with their numbers, then everything unusual that came in. */
export function PipelinePanel({ pipeline }: { pipeline: PipelineState }) {
  const t = useTranslations('health');
  const { number, dateTime } = useFormats();
  const dropped = sum(pipeline.dropped);
  const { seen, journaled, indexed, quarantined, pending, sealed } = pipeline;
  const figures = [
    ['sealedRecords', sealed.records],
    ['sealedSegments', sealed.segments],
    ['unstamped', sealed.unstamped],
    ['connections', pipeline.connections],
  ] as const;
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 lg:grid-cols-2">
        <Identity
          title={t('seenTitle')}
          holds={seen === journaled + dropped}
          text={t('seenText', { seen: number(seen), journaled: number(journaled), dropped: number(dropped) })}
          details={pipeline.dropped}
        />
        <Identity
          title={t('journaledTitle')}
          holds={journaled === indexed + quarantined + pending}
          text={t('journaledText', {
            journaled: number(journaled),
            indexed: number(indexed),
            quarantined: number(quarantined),
            pending: number(pending),
          })}
          details={{}}
        />
      </div>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name} className="rounded-xl border bg-surface p-3.5">
            <dt className="text-muted text-xs">{t(name)}</dt>
            <dd className="nums mt-0.5 font-semibold text-lg">{number(value)}</dd>
          </div>
        ))}
      </dl>
      <section className="rounded-xl border bg-surface p-4">
        <h2 className="font-semibold">{t('unusual')}</h2>
        <p className="text-muted text-xs">{t('unusualText')}</p>
        <dl className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-1.5 text-[0.8125rem]">
          {Object.entries(pipeline.unusual).map(([name, count]) => (
            <div key={name} className="flex justify-between gap-3 border-b py-1">
              <dt className={count > 0 ? '' : 'text-faint'}>
                {t.has(`unusualNames.${name}`) ? t(`unusualNames.${name}`) : name}
              </dt>
              <dd className={count > 0 ? 'nums font-medium text-warn' : 'nums text-faint'}>{number(count)}</dd>
            </div>
          ))}
        </dl>
        {Object.keys(pipeline.unusual).length === 0 && <p className="mt-2 text-muted text-xs">{t('nothingUnusual')}</p>}
      </section>
      <p className="nums text-faint text-xs">
        {t('node', { node: pipeline.node, since: dateTime(Date.parse(pipeline.started_at)) })}
      </p>
    </div>
  );
}

interface IdentityProps {
  title: string;
  holds: boolean;
  text: string;
  details: Readonly<Record<string, number>>;
}

function Identity({ title, holds, text, details }: IdentityProps) {
  const t = useTranslations('health');
  const { number } = useFormats();
  return (
    <section className="rounded-xl border bg-surface p-4">
      <h2 className="flex items-center gap-2 font-semibold">
        {holds ? (
          <CircleCheck aria-hidden className="size-4 text-ok" />
        ) : (
          <CircleAlert aria-hidden className="size-4 text-bad" />
        )}
        {title}
        <span className="sr-only">{holds ? t('identityHolds') : t('identityFails')}</span>
      </h2>
      <p className="nums mt-1.5 text-[0.8125rem]">{text}</p>
      {!holds && <p className="mt-1 text-bad text-xs">{t('identityFails')}</p>}
      {Object.entries(details).map(([reason, count]) => (
        <p key={reason} className="nums mt-1 text-muted text-xs">
          {t('droppedBecause', { reason, count: number(count) })}
        </p>
      ))}
    </section>
  );
}
