'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { StampLabel } from '@/features/evidence/stamp-label.tsx';
import type { Segment } from '@/features/evidence/types.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useFormats, useZone } from '@/i18n/use-formats.ts';
import { formatOffset, zoneOffsetMinutes } from '@/i18n/zone.ts';

/** Number, place in the chain, period, contents, time-stamp of one segment. */
export function SegmentFacts({ segment }: { segment: Segment }) {
  const t = useTranslations('evidence');
  const zone = useZone();
  const { number, bytes } = useFormats();
  const stamp = (text: string) => formatStamp(Date.parse(text), zone, false);
  const [from, to] = [stamp(segment.period.from), stamp(segment.period.to)];
  return (
    <dl className="grid gap-1.5 text-xs">
      <Fact label={t('segment')}>
        <span className="nums font-medium">
          {segment.node} · {t('number', { number: number(segment.segment) })}
        </span>
      </Fact>
      <Fact label={t('period')}>
        <span className="nums">
          {from} – {from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}{' '}
          {formatOffset(zoneOffsetMinutes(Date.parse(segment.period.to), zone))}
        </span>
      </Fact>
      <Fact label={t('contents')}>
        <span className="nums">
          {t('recordsAndBytes', { records: number(segment.records), bytes: bytes(segment.bytes) })}
        </span>
      </Fact>
      <Fact label={t('chain')}>
        {segment.previous
          ? t('follows', { number: number(segment.segment - 1), hash: segment.previous.slice(0, 12) })
          : t('chainStart')}
      </Fact>
      <Fact label={t('manifest')}>
        <span className="flex items-center gap-1">
          <code className="truncate font-mono">{segment.manifest.slice(0, 24)}…</code>
          <CopyButton value={segment.manifest} label={t('manifest')} />
        </span>
      </Fact>
      <Fact label={t('stamp')}>
        <StampLabel stamp={segment.stamp} />
      </Fact>
      {segment.stamp && (
        <Fact label={t('stampedAt')}>
          <span className="nums">{stamp(segment.stamp.genTime)}</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-h-5 grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-2">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
