'use client';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { type DeviceCoverage, useAcceptCoverage } from '@/features/devices/coverage/use-coverage.ts';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

/** How parsing has fallen against what is usual, and the way out of it. */
export function DriftNote({ coverage }: { coverage: DeviceCoverage }) {
  const t = useTranslations('coverage');
  const { dateTime, percent } = useFormats();
  const accept = useAcceptCoverage();
  const { drift, driftSince, device } = coverage;
  if (drift === null || driftSince === null) return null;
  return (
    <div role="status" data-testid="drift-note" className="grid gap-2 rounded-lg bg-warn-soft p-3 text-warn">
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {t('driftTitle', { since: dateTime(driftSince.getTime()) })}
      </p>
      <p className="nums text-[0.8125rem]">
        {t('driftScore', { score: percent(drift.score), usual: percent(drift.usualScore) })}
      </p>
      {drift.missing.length > 0 && (
        <p className="break-words text-[0.8125rem]">
          {t('driftFields')} <VisibleText text={drift.missing.join(', ')} />
        </p>
      )}
      <p className="text-[0.8125rem]">{t('driftText')}</p>
      <div>
        <Button
          data-testid="accept-coverage"
          disabled={accept.isPending}
          onClick={() => accept.mutate({ id: device.id })}
        >
          {t('accept')}
        </Button>
      </div>
    </div>
  );
}
