'use client';
import { DISK_STEPS, type DiskState } from '@logmaster/core/api/disk';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

const STEPS = DISK_STEPS.slice(1);

/** Room on the disks of ingest, and how far it has come with giving things up. */
export function DiskPanel({ disk }: { disk: DiskState }) {
  const t = useTranslations('health.disk');
  const { number, bytes } = useFormats();
  const reached = DISK_STEPS.indexOf(disk.step);
  const { shed, senders_bytes_per_second: pace } = disk;
  return (
    <section data-testid="disk-panel" className="grid gap-3 rounded-xl border bg-surface p-4">
      <div>
        <h2 className="font-semibold">{t('title')}</h2>
        <p className="text-muted text-xs">{t(reached === 0 ? 'roomText' : 'shortText')}</p>
      </div>
      <ol className="flex flex-wrap gap-1.5">
        {STEPS.map((step, index) => (
          <li key={step} aria-current={step === disk.step ? 'step' : undefined}>
            <Badge tone={index < reached ? 'warn' : 'plain'}>
              {number(index + 1)}. {t(`steps.${step}`)}
              {index < reached && <span className="sr-only">{t('reached')}</span>}
            </Badge>
          </li>
        ))}
      </ol>
      <ul className="grid gap-2 text-[0.8125rem] sm:grid-cols-2">
        {disk.file_systems.map((system) => (
          <li key={system.holds.join()} className="nums rounded-lg border p-2.5">
            <p className="font-medium">{system.holds.map((content) => t(`contents.${content}`)).join(', ')}</p>
            <p className={cn('text-xs', system.free_bytes < system.low_bytes ? 'text-warn' : 'text-muted')}>
              {t('free', {
                free: bytes(system.free_bytes),
                size: bytes(system.size_bytes),
                low: bytes(system.low_bytes),
              })}
            </p>
            {system.reserve_bytes > 0 && (
              <p className="text-muted text-xs">{t('reserve', { reserve: bytes(system.reserve_bytes) })}</p>
            )}
          </li>
        ))}
      </ul>
      {shed !== undefined && shed.records > 0 && (
        <p className="nums text-[0.8125rem]">
          {t('shed', { records: number(shed.records), days: shed.days.join(', '), count: shed.days.length })}{' '}
          {shed.restoring && t('restoring')}
          {shed.error !== undefined && <span className="text-bad">{t('restoreFails', { reason: shed.error })}</span>}
        </p>
      )}
      {pace !== undefined && (
        <p className="nums text-[0.8125rem]">{t('pace', { kib: number(Math.floor(pace / 1024)) })}</p>
      )}
    </section>
  );
}
