'use client';
import { useQuery } from '@tanstack/react-query';
import { FileLock2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { ErrorNote } from '@/components/error-note.tsx';
import { Page } from '@/components/page.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Calendar } from '@/features/evidence/calendar.tsx';
import { DayPanel } from '@/features/evidence/day-panel.tsx';
import { ProofNote } from '@/features/evidence/proof-note.tsx';

export function EvidencePage() {
  const t = useTranslations('evidence');
  const sites = useQuery(useTRPC().evidence.sites.queryOptions());
  const [siteParam, setSite] = useQueryState('site', parseAsString.withOptions({ history: 'push' }));
  const [dayParam, setDay] = useQueryState('day', parseAsString.withOptions({ history: 'push' }));
  const site = sites.data?.find(({ id }) => id === siteParam) ?? newest(sites.data);
  const day = /^\d{4}-\d\d-\d\d$/.test(dayParam ?? '') ? dayParam : (site?.lastDay ?? null);
  return (
    <Page
      title={t('title')}
      actions={
        sites.data &&
        sites.data.length > 0 && (
          <Select
            aria-label={t('site')}
            value={site?.id}
            onChange={(event) => {
              void setSite(event.target.value);
              void setDay(null);
            }}
            options={sites.data.map(({ id, name }) => ({ value: id, label: siteName(id, name, t('unassigned')) }))}
          />
        )
      }
    >
      {sites.isPending && <Skeleton className="h-80 w-full" />}
      {sites.error && <ErrorNote error={sites.error} retry={() => void sites.refetch()} />}
      {sites.data?.length === 0 && (
        <EmptyState icon={<FileLock2 />} title={t('nothingYet')} text={t('nothingYetText')} />
      )}
      {site && day && (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <Calendar siteId={site.id} day={day} onDay={(next) => void setDay(next)} />
          <div className="min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1">
            <DayPanel key={`${site.id} ${day}`} siteId={site.id} day={day} />
          </div>
          <ProofNote />
        </div>
      )}
    </Page>
  );
}

function newest<T extends { lastDay: string | null }>(sites: readonly T[] | undefined): T | undefined {
  return sites?.toSorted((a, b) => (b.lastDay ?? '').localeCompare(a.lastDay ?? ''))[0];
}

function siteName(id: string, name: string | null, unassigned: string): string {
  if (id === 'unassigned') return unassigned;
  return name ?? id;
}
