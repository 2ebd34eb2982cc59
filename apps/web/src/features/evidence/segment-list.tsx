'use client';
import { ChevronRight, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/components/cn.ts';
import { Button } from '@/components/ui/button.tsx';
import { downloadPath } from '@/features/evidence/download-path.ts';
import { SegmentFacts } from '@/features/evidence/segment-facts.tsx';
import { StampLabel } from '@/features/evidence/stamp-label.tsx';
import type { Segment } from '@/features/evidence/types.ts';
import { VerifyPanel } from '@/features/evidence/verify-panel.tsx';
import { formatStamp } from '@/i18n/format.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** Rows shown before "show all": a day of minute-long segments has 1,440. */
const FIRST = 60;

export function SegmentList({ segments }: { segments: readonly Segment[] }) {
  const t = useTranslations('evidence');
  const [all, setAll] = useState(false);
  const newestFirst = segments.toReversed();
  return (
    <div className="grid gap-1">
      <p aria-hidden className="hidden items-center gap-x-4 border-b px-1 pb-1.5 text-faint text-xs sm:flex">
        <span className="ml-8 w-28">{t('segment')}</span>
        <span className="w-36">{t('period')} (UTC)</span>
        <span className="w-32">{t('contents')}</span>
        <span className="ml-auto">{t('stamp')}</span>
      </p>
      <ul data-testid="segments" className="grid">
        {newestFirst.slice(0, all ? undefined : FIRST).map((segment) => (
          <SegmentLine key={`${segment.node} ${segment.segment}`} segment={segment} />
        ))}
      </ul>
      {!all && segments.length > FIRST && (
        <Button variant="link" size="none" className="justify-self-start py-1" onClick={() => setAll(true)}>
          {t('showAll', { count: segments.length })}
        </Button>
      )}
    </div>
  );
}

function SegmentLine({ segment }: { segment: Segment }) {
  const t = useTranslations('evidence');
  const { number, bytes } = useFormats();
  const [open, setOpen] = useState(false);
  const clock = (text: string) => formatStamp(Date.parse(text), 'UTC', false).slice(11);
  const { siteId, day, node } = segment;
  const folder = { siteId, day, node, segment: segment.segment };
  return (
    <li className="border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="nums flex min-h-10 w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-md px-1 py-1.5 text-left text-[0.8125rem] hover:bg-hover"
      >
        <ChevronRight aria-hidden className={cn('size-4 text-faint transition-transform', open && 'rotate-90')} />
        <span className="w-28 font-medium">
          {node} · {number(segment.segment)}
        </span>
        <span className="w-36 text-muted">
          {clock(segment.period.from)} – {clock(segment.period.to)}
        </span>
        <span className="w-32">{t('records', { count: segment.records })}</span>
        <span className="w-20 text-muted">{bytes(segment.bytes)}</span>
        <span className="ml-auto">
          <StampLabel stamp={segment.stamp} quiet />
        </span>
      </button>
      {open && (
        <div className="grid gap-3 pt-1 pb-4 pl-6">
          <SegmentFacts segment={segment} />
          <VerifyPanel
            folder={folder}
            label={t('verifySegment')}
            beside={
              <Button asChild>
                <a href={downloadPath(segment.packed ? { siteId, day, node } : folder)} download>
                  <Download />
                  {t('download')}
                </a>
              </Button>
            }
          />
        </div>
      )}
    </li>
  );
}
