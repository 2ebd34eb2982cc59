'use client';
import { useLocale, useTimeZone } from 'next-intl';
import { useMemo } from 'react';
import { type Formats, makeFormats } from '@/i18n/format.ts';
import { DEFAULT_TIME_ZONE } from '@/i18n/preferences.ts';

export function useZone(): string {
  return useTimeZone() ?? DEFAULT_TIME_ZONE;
}

export function useFormats(): Formats {
  const locale = useLocale();
  const zone = useZone();
  return useMemo(() => makeFormats(locale, zone), [locale, zone]);
}
