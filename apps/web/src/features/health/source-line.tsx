import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import type { SourceRow } from '@/features/health/source-rows.ts';
import { useDropReason } from '@/features/health/use-drop-reason.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** One sender. Reasons of drops stand below their sum, so that nobody has to point at it. */
export function SourceLine({ row }: { row: SourceRow }) {
  const t = useTranslations('health');
  const { number } = useFormats();
  const reasonOf = useDropReason();
  const Icon = row.holds ? CircleCheck : CircleAlert;
  const special = row.address === 'other' || row.address === 'unknown';
  return (
    <tr className="border-t hover:bg-hover" data-testid="source-row" data-address={row.address} data-holds={row.holds}>
      <td className="max-w-72 py-1.5 pr-3 pl-4 max-sm:max-w-36">
        {row.device && row.device !== row.address && (
          <span className="block truncate font-medium">
            <VisibleText text={row.device} />
          </span>
        )}
        {special ? (
          <span className="text-muted">{t(`specialSources.${row.address as 'other' | 'unknown'}`)}</span>
        ) : (
          <span className="block truncate font-mono text-muted text-xs">
            <VisibleText text={row.address} />
          </span>
        )}
      </td>
      <td className="nums px-3 text-right">{number(row.seen)}</td>
      <td className="nums px-3 text-right max-md:hidden">{number(row.journaled)}</td>
      <td className="px-3 text-right">
        <span className={`nums ${row.droppedSum > 0 ? 'font-medium text-warn' : 'text-faint'}`}>
          {number(row.droppedSum)}
        </span>
        {Object.entries(row.dropped).map(([reason, records]) => (
          <span key={reason} className="nums block text-muted text-xs">
            {Object.keys(row.dropped).length > 1 ? `${reasonOf(reason)}: ${number(records)}` : reasonOf(reason)}
          </span>
        ))}
      </td>
      <td className="nums px-3 text-right max-sm:hidden">
        {number(row.per_second < 10 ? row.per_second : Math.round(row.per_second))}
      </td>
      <td className="px-3 pr-4 text-right">
        <Icon aria-hidden className={`inline size-4 ${row.holds ? 'text-ok' : 'text-bad'}`} />
        <span className="sr-only">{row.holds ? t('identityHolds') : t('identityFails')}</span>
      </td>
    </tr>
  );
}
