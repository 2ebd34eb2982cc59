'use client';
import { CircleCheck, Router } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { FirewallSnippets } from '@/features/devices/firewall-snippets.tsx';
import type { Status } from '@/features/devices/use-devices.ts';

interface DevicesEmptyProps {
  status: Status;
  counts: Record<Status, number>;
  syslogPort: number;
}

/** Nothing has ever sent: how to point a firewall here. Otherwise why this list in particular is empty. */
export function DevicesEmpty({ status, counts, syslogPort }: DevicesEmptyProps) {
  const t = useTranslations('devices');
  const none = counts.pending + counts.approved + counts.rejected === 0;
  if (!none) {
    return <EmptyState icon={status === 'pending' ? <CircleCheck /> : <Router />} title={t(`emptyTabs.${status}`)} />;
  }
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4 rounded-xl border bg-surface p-6">
      <div>
        <h2 className="font-semibold text-base">{t('addTitle')}</h2>
        <p className="mt-1 text-muted text-[0.8125rem]">{t('addText')}</p>
      </div>
      <FirewallSnippets port={syslogPort} />
    </div>
  );
}
