'use client';
import { parseScore, recordsOf } from '@logmaster/core/coverage/counts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { DriftNote } from '@/features/devices/coverage/drift-note.tsx';
import { ScoreChart } from '@/features/devices/coverage/score-chart.tsx';
import { SeenFields } from '@/features/devices/coverage/seen-fields.tsx';
import { UnreadList } from '@/features/devices/coverage/unread-list.tsx';
import { type DeviceCoverage, useCoverage } from '@/features/devices/coverage/use-coverage.ts';
import type { Device } from '@/features/devices/use-devices.ts';
import { useFormats } from '@/i18n/use-formats.ts';

const SPANS = [24, 168] as const;

/** How a device's records are parsed. */
export function CoverageDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useTranslations('coverage');
  const [hours, setHours] = useState<number>(SPANS[0]);
  const coverage = useCoverage(device.id, hours);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', { name: device.name })}
      description={t('text')}
      className="w-[min(56rem,calc(100vw-2rem))]"
    >
      <Select
        aria-label={t('span')}
        value={String(hours)}
        options={SPANS.map((span) => ({ value: String(span), label: t(`spans.${span}`) }))}
        onChange={({ target }) => setHours(Number(target.value))}
      />
      {coverage.isPending && <Skeleton className="h-48 w-full" />}
      {coverage.error && <ErrorNote error={coverage.error} retry={() => void coverage.refetch()} />}
      {coverage.data && <Coverage coverage={coverage.data} span={hours} now={coverage.dataUpdatedAt} />}
    </Dialog>
  );
}

function Coverage({ coverage, span, now }: { coverage: DeviceCoverage; span: number; now: number }) {
  const t = useTranslations('coverage');
  const { counts, hours, baseline } = coverage;
  const { number, percent } = useFormats();
  const score = parseScore(counts);
  if (score === null && coverage.fields.length === 0) return <p className="text-muted">{t('nothing')}</p>;
  return (
    <div className="grid gap-4" data-testid="coverage">
      <DriftNote coverage={coverage} />
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <p className="nums font-semibold text-2xl" data-testid="score">
          {score === null ? '–' : percent(score)}
        </p>
        <p className="nums text-[0.8125rem] text-muted">
          {t('counts', {
            records: number(recordsOf(counts)),
            ok: number(counts.ok),
            partial: number(counts.partial),
            raw: number(counts.raw + counts.failed),
          })}
        </p>
        <p className="nums text-[0.8125rem] text-muted">
          {baseline === null ? t('noBaseline') : t('baseline', { score: percent(baseline.score) })}
        </p>
      </div>
      <ScoreChart hours={hours} span={span} now={now} />
      <UnreadList
        title={t('patterns')}
        hint={t('patternsHint')}
        entries={counts.patterns.map(({ pattern, ...one }) => ({ text: pattern, ...one }))}
        other={counts.otherPatterns}
      />
      <UnreadList
        title={t('errors')}
        hint={t('errorsHint')}
        entries={counts.errors.map(({ error, ...one }) => ({ text: error, ...one }))}
        other={counts.otherErrors}
      />
      <SeenFields coverage={coverage} />
    </div>
  );
}
