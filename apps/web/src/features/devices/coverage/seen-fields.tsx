'use client';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import type { DeviceCoverage } from '@/features/devices/coverage/use-coverage.ts';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

/** Every field that any of its records ever had; those that are usual and are missing now stand out. */
export function SeenFields({ coverage }: { coverage: DeviceCoverage }) {
  const t = useTranslations('coverage');
  const { dateTime, number } = useFormats();
  const { fields, drift } = coverage;
  if (fields.length === 0) return null;
  const missing = new Set(drift?.missing);
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium">{t('fields', { count: number(fields.length) })}</h3>
      <ul className="scroll-slim flex max-h-40 flex-wrap gap-1 overflow-y-auto" data-testid="seen-fields">
        {fields.map(({ name, firstSeen, lastSeen }) => (
          <li
            key={name}
            title={t('fieldSeen', { first: dateTime(firstSeen.getTime()), last: dateTime(lastSeen.getTime()) })}
          >
            <Badge tone={missing.has(name) ? 'warn' : 'plain'} className="max-w-60 font-mono">
              <span className="truncate">
                <VisibleText text={name} />
              </span>
              {missing.has(name) && <span className="sr-only">{t('missing')}</span>}
            </Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
