'use client';
import { useQuery } from '@tanstack/react-query';
import { Download, FileLock2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { downloadPath } from '@/features/evidence/download-path.ts';
import { SegmentList } from '@/features/evidence/segment-list.tsx';
import { StampLabel } from '@/features/evidence/stamp-label.tsx';
import { VerifyPanel } from '@/features/evidence/verify-panel.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

/** Today's segments grow while one looks. */
const REFRESH_MS = 15_000;

export function DayPanel({ siteId, day }: { siteId: string; day: string }) {
  const t = useTranslations('evidence');
  const locale = useLocale();
  const { number, bytes } = useFormats();
  const data = useQuery(
    useTRPC().evidence.day.queryOptions(
      { siteId, day },
      { refetchInterval: ({ state }) => (state.data?.state === 'open' ? REFRESH_MS : false) },
    ),
  );
  const title = new Intl.DateTimeFormat(locale === 'tr' ? 'tr-TR' : 'en-GB', { dateStyle: 'full', timeZone: 'UTC' });
  const segments = data.data?.segments ?? [];
  const sum = (pick: (segment: (typeof segments)[number]) => number) =>
    segments.reduce((all, one) => all + pick(one), 0);
  return (
    <section aria-label={day} data-testid="day-panel" className="grid min-w-0 gap-4 rounded-xl border bg-surface p-4">
      <header>
        <h2 className="font-semibold text-base">
          {title.format(Date.parse(`${day}T00:00:00Z`))} <span className="font-normal text-faint text-xs">UTC</span>
        </h2>
        {data.data && (
          <p className="nums text-muted text-[0.8125rem]">
            {t('daySummary', {
              state: t(`dayStates.${data.data.state}`),
              segments: segments.length,
              records: number(sum((one) => one.records)),
              bytes: bytes(sum((one) => one.bytes)),
            })}
          </p>
        )}
      </header>
      {data.isPending && <Skeleton className="h-40 w-full" />}
      {data.error && <ErrorNote error={data.error} retry={() => void data.refetch()} />}
      {data.data?.packed.map((packed) => (
        <div key={packed.node} className="grid gap-3 rounded-lg border p-3">
          <p className="flex flex-wrap items-center gap-2 text-[0.8125rem]">
            <span className="font-medium">{t('packedDay', { node: packed.node })}</span>
            <StampLabel stamp={packed.stamp} />
            <Button asChild size="xs" className="ml-auto">
              <a href={downloadPath({ siteId, day, node: packed.node })} download>
                <Download />
                {t('download')}
              </a>
            </Button>
          </p>
          <VerifyPanel folder={{ siteId, day, node: packed.node }} label={t('verifyDay')} />
        </div>
      ))}
      {data.data && segments.length === 0 && data.data.packed.length === 0 && (
        <EmptyState
          icon={<FileLock2 />}
          title={t('dayEmpty')}
          text={data.data.state === 'open' ? t('dayOpenText') : t('dayEmptyText')}
        />
      )}
      {segments.length > 0 && <SegmentList segments={segments} />}
    </section>
  );
}
