'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { useNow } from '@/components/use-now.ts';
import { useSavePreferences } from '@/features/preferences/use-save-preferences.ts';
import { Section } from '@/features/settings/section.tsx';
import { formatIso } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';
import { zoneOptions } from '@/i18n/zone-options.ts';

export function TimeZoneSection() {
  const t = useTranslations('settings');
  const zone = useZone();
  const save = useSavePreferences();
  const now = useNow(1_000);
  const zones = useMemo(() => zoneOptions(zone), [zone]);
  return (
    <Section id="time-zone" title={t('timeZone')} text={t('timeZoneText')}>
      <div className="max-w-sm">
        <Field label={t('timeZone')} hint={now === null ? undefined : formatIso(Math.floor(now / 1000) * 1000, zone)}>
          {(ids) => (
            <Select
              {...ids}
              className="w-full"
              value={zone}
              options={zones}
              onChange={(event) => save({ timeZone: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Section>
  );
}
