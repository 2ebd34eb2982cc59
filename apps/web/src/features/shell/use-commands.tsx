'use client';
import { CalendarClock, Keyboard, Languages, LogOut, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatRange, QUICK_RANGES } from '@/features/explorer/time/range.ts';
import { useRangeLabel } from '@/features/explorer/time/use-range-label.ts';
import { useSavePreferences } from '@/features/preferences/use-save-preferences.ts';
import { PAGES } from '@/features/shell/pages.ts';
import { openPalette } from '@/features/shell/palette-events.ts';
import { leave } from '@/features/shell/sign-out.ts';

interface CommandGroup {
  readonly heading: string;
  readonly commands: readonly { readonly label: string; readonly icon: ReactNode; readonly run: () => void }[];
}

export function useCommands(): readonly CommandGroup[] {
  const t = useTranslations();
  const router = useRouter();
  const locale = useLocale();
  const save = useSavePreferences();
  const rangeLabel = useRangeLabel();
  const other = locale === 'tr' ? 'en' : 'tr';
  return [
    {
      heading: t('shell.goTo'),
      commands: PAGES.map(({ name, path, icon: Icon }) => ({
        label: t(`nav.${name}`),
        icon: <Icon />,
        run: () => router.push(path),
      })),
    },
    {
      heading: t('shell.searchIn'),
      commands: QUICK_RANGES.map((range) => ({
        label: rangeLabel(range),
        icon: <CalendarClock />,
        run: () => router.push(`/explorer?t=${formatRange(range)}`),
      })),
    },
    {
      heading: t('shell.display'),
      commands: [
        { label: t(`preferences.locales.${other}`), icon: <Languages />, run: () => save({ locale: other }) },
        { label: t('preferences.themes.light'), icon: <Sun />, run: () => save({ theme: 'light' }) },
        { label: t('preferences.themes.dark'), icon: <Moon />, run: () => save({ theme: 'dark' }) },
        { label: t('shell.keys'), icon: <Keyboard />, run: () => openPalette('help') },
        { label: t('preferences.signOut'), icon: <LogOut />, run: () => void leave() },
      ],
    },
  ];
}
