'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import { DrawerSection } from '@/features/explorer/drawer/drawer-section.tsx';
import { neighboursPath } from '@/features/explorer/drawer/neighbours.ts';
import { formatIso } from '@/i18n/format.ts';
import { useFormats, useZone } from '@/i18n/use-formats.ts';

/** Above this the device's clock is worth a look: a court will ask which of the two is right. */
const NOTABLE_SECONDS = 5;

/** When the device says it happened, against when it arrived here. */
export function TimesCard({ event }: { event: FlatEvent }) {
  const t = useTranslations('drawer');
  const zone = useZone();
  const { number } = useFormats();
  const device = event['@timestamp'];
  const received = event['logmaster.received_at'];
  const seconds = device !== undefined && received !== undefined ? (received - device) / 1e6 : undefined;
  const rows = [
    [t('deviceTime'), device],
    [t('receivedTime'), received],
  ] as const;
  const neighbours = neighboursPath(event);
  return (
    <DrawerSection title={t('times')}>
      <dl className="grid gap-1 text-xs">
        {rows.map(([label, micros]) => (
          <div key={label} className="flex justify-between gap-3">
            <dt className="text-muted">{label}</dt>
            <dd className="nums font-mono">{micros === undefined ? '–' : formatIso(micros / 1000, zone)}</dd>
          </div>
        ))}
        {seconds !== undefined && (
          <div className="flex justify-between gap-3">
            <dt className="text-muted">{t('difference')}</dt>
            <dd>
              <Badge tone={Math.abs(seconds) > NOTABLE_SECONDS ? 'warn' : 'plain'} className="nums">
                {t('seconds', { seconds: `${seconds > 0 ? '+' : ''}${number(Math.round(seconds * 1000) / 1000)}` })}
              </Badge>
            </dd>
          </div>
        )}
      </dl>
      {neighbours && (
        <Link href={neighbours} className="w-fit text-accent text-xs underline-offset-4 hover:underline">
          {t('neighbours')}
        </Link>
      )}
    </DrawerSection>
  );
}
