'use client';
import type { SearchNotice } from '@logmaster/core/api/search';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Says that records of the range are out of the index: what is shown and counted is not all there is. */
export function ShedNote({ notices }: { notices: readonly SearchNotice[] }) {
  const t = useTranslations('explorer');
  const days = [...new Set(notices.flatMap((notice) => notice.days))].sort();
  if (days.length === 0) return null;
  return (
    <div
      role="alert"
      data-testid="shed-note"
      className="flex items-start gap-2.5 border-warn/30 border-b bg-warn-soft px-3 py-2 text-[0.8125rem]"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-warn">{t('shedTitle')}</p>
        <p className="text-ink">{t('shedText', { days: days.join(', '), count: days.length })}</p>
      </div>
    </div>
  );
}
