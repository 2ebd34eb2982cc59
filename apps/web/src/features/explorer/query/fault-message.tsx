'use client';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { QueryFault } from '@/features/explorer/query/fault-mark.ts';
import { recogniseFault } from '@/features/explorer/query/fault-text.ts';

/** Under the box: what is wrong, at which character (people count from 1). */
export function FaultMessage({ fault }: { fault: QueryFault }) {
  const t = useTranslations();
  const known = recogniseFault(fault.message);
  return (
    <p role="alert" data-testid="query-error" className="mt-1.5 flex items-center gap-1.5 text-bad text-xs">
      <CircleAlert aria-hidden className="size-3.5 shrink-0" />
      <span>
        <span className="nums font-medium">{t('explorer.faultAt', { position: fault.from + 1 })}</span>{' '}
        {known ? t(`faults.${known.key}`, { a: known.a, b: known.b }) : fault.message}
      </span>
    </p>
  );
}
