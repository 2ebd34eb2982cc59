'use client';
import { Clock, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { formatIso } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';

interface StampLabelProps {
  stamp: { legal: boolean; authority: string; genTime: string } | null;
  /** Without the coloured ground, for long lists. */
  quiet?: boolean;
}

/** Whose time-stamp, from when, and whether it counts in law: said every time one is shown. */
export function StampLabel({ stamp, quiet = false }: StampLabelProps) {
  const t = useTranslations('evidence');
  const zone = useZone();
  // Never cut: that it is no legal one must be read to the end.
  const className = cn('h-auto min-h-5 whitespace-normal', quiet && 'bg-transparent px-0 font-normal');
  if (!stamp) {
    return (
      <Badge tone="note" className={className}>
        <Clock aria-hidden />
        {t('stampQueued')}
      </Badge>
    );
  }
  const title = `${stamp.authority} · ${formatIso(Date.parse(stamp.genTime), zone)}`;
  if (!stamp.legal) {
    return (
      <Badge tone="warn" className={className} title={title} data-testid="not-legal">
        <TriangleAlert aria-hidden />
        {t('localStamp')}
      </Badge>
    );
  }
  return (
    <Badge tone="ok" className={className} title={title}>
      <ShieldCheck aria-hidden />
      {t('legalStamp', { authority: stamp.authority })}
    </Badge>
  );
}
