'use client';
import { CircleQuestionMark, Command, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Tooltip } from '@/components/ui/tooltip.tsx';
import { useLocalStamp } from '@/features/evidence/use-local-stamp.ts';
import { openPalette } from '@/features/shell/palette-events.ts';
import { useZone } from '@/i18n/use-formats.ts';
import { formatOffset, zoneOffsetMinutes } from '@/i18n/zone.ts';

export function StatusBar() {
  const t = useTranslations('shell');
  return (
    <footer className="flex h-7 shrink-0 items-center gap-3 border-t bg-surface px-3 text-2xs text-muted">
      <LocalStampBadge />
      <span className="ml-auto" />
      <ZoneLabel />
      <button
        type="button"
        onClick={() => openPalette()}
        className="hidden items-center gap-1 rounded px-1.5 py-0.5 hover:bg-hover hover:text-ink sm:flex"
      >
        <Command aria-hidden className="size-3" />
        {t('palette')} · Ctrl K
      </button>
      <button
        type="button"
        onClick={() => openPalette('help')}
        className="hidden items-center gap-1 rounded px-1.5 py-0.5 hover:bg-hover hover:text-ink sm:flex"
      >
        <CircleQuestionMark aria-hidden className="size-3" />
        {t('keys')}
      </button>
    </footer>
  );
}

/** Law 5651 asks for a time-stamp of a licensed provider: as long as ours is home-made, every page says so. */
function LocalStampBadge() {
  const t = useTranslations('evidence');
  const local = useLocalStamp();
  if (!local) return null;
  return (
    <Tooltip text={t('localStampWhy')} side="top">
      <span data-testid="local-tsa-badge" className="flex min-w-0 items-center gap-1 font-medium text-warn">
        <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{t('localStamp')}</span>
      </span>
    </Tooltip>
  );
}

/** After mount only: the server's clock must not be compared with the browser's during hydration. */
function ZoneLabel() {
  const zone = useZone();
  const [offset, setOffset] = useState('');
  useEffect(() => setOffset(formatOffset(zoneOffsetMinutes(Date.now(), zone))), [zone]);
  return (
    <span className="nums whitespace-nowrap max-sm:hidden">
      {zone} {offset && `(UTC${offset})`}
    </span>
  );
}
