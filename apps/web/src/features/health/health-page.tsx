'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { Page } from '@/components/page.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { DiskPanel } from '@/features/health/disk-panel.tsx';
import { mergeParts } from '@/features/health/merge-parts.ts';
import { PipelinePanel } from '@/features/health/pipeline-panel.tsx';
import { usePartTexts } from '@/features/health/use-part-texts.ts';
import { useFormats } from '@/i18n/use-formats.ts';

const REFRESH_MS = 5_000;

const LOOK = {
  ok: { tone: 'ok', icon: CircleCheck },
  degraded: { tone: 'warn', icon: TriangleAlert },
  down: { tone: 'bad', icon: CircleAlert },
} as const;

export function HealthPage() {
  const t = useTranslations('health');
  const { number } = useFormats();
  const { nameOf, reasonOf } = usePartTexts();
  const trpc = useTRPC();
  const health = useQuery(trpc.health.get.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const pipeline = useQuery(trpc.health.pipeline.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <Page title={t('title')} actions={health.data && <StateBadge state={health.data.state} />}>
      {health.isPending && <Skeleton className="h-40 w-full" />}
      {health.error && <ErrorNote error={health.error} retry={() => void health.refetch()} />}
      {health.data && (
        <ul data-testid="health-parts" className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
          {mergeParts(health.data.parts).map((part) => (
            <li key={part.name} className="grid content-start gap-1 rounded-xl border bg-surface p-3.5">
              <p className="flex items-center justify-between gap-2">
                <span className="font-medium">{nameOf(part.name)}</span>
                <StateBadge state={part.state} />
              </p>
              {part.reasons.map((reason) => (
                <p key={reason.reason} className="break-words text-muted text-xs">
                  {reasonOf(reason)}
                </p>
              ))}
              {part.lag_seconds !== undefined && (
                <p className="nums text-muted text-xs">
                  {t('lag', { seconds: number(Math.round(part.lag_seconds * 10) / 10) })}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {pipeline.error && <ErrorNote error={pipeline.error} retry={() => void pipeline.refetch()} />}
      {pipeline.data?.disk && <DiskPanel disk={pipeline.data.disk} />}
      {pipeline.data && <PipelinePanel pipeline={pipeline.data} />}
    </Page>
  );
}

function StateBadge({ state }: { state: keyof typeof LOOK }) {
  const t = useTranslations('health');
  const { tone, icon: Icon } = LOOK[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(`states.${state}`)}
    </Badge>
  );
}
