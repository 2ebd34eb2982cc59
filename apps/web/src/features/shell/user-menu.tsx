'use client';
import { useQuery } from '@tanstack/react-query';
import { Clock, KeyRound, Lock, LogOut, MonitorSmartphone } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/trpc.ts';
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from '@/components/ui/menu.tsx';
import { useTheme } from '@/features/preferences/use-display-choice.ts';
import { useSavePreferences } from '@/features/preferences/use-save-preferences.ts';
import { leave } from '@/features/shell/sign-out.ts';
import { LOCALES, type Locale, THEMES, type Theme } from '@/i18n/preferences.ts';

const LINKS = [
  { key: 'timeZone', href: '/settings#time-zone', icon: Clock },
  { key: 'tokens', href: '/settings#tokens', icon: KeyRound },
  { key: 'sessions', href: '/settings#sessions', icon: MonitorSmartphone },
  { key: 'changePassword', href: '/change-password', icon: Lock },
] as const;

export function UserMenu() {
  const t = useTranslations('preferences');
  const locale = useLocale();
  const theme = useTheme();
  const save = useSavePreferences();
  const me = useQuery(useTRPC().account.me.queryOptions(undefined, { staleTime: 300_000 }));
  const name = me.data?.username ?? '';
  return (
    <Menu
      side="right"
      align="end"
      className="w-60"
      trigger={
        <button
          type="button"
          data-testid="user-menu"
          aria-label={t('userMenu', { name })}
          className="grid size-9 place-items-center rounded-full bg-accent-soft font-semibold text-[0.8125rem] text-accent hover:ring-2 hover:ring-accent/40"
        >
          {(name[0] ?? '·').toLocaleUpperCase(locale === 'tr' ? 'tr-TR' : 'en-GB')}
        </button>
      }
    >
      <MenuLabel>{t('signedInAs', { name })}</MenuLabel>
      <MenuSeparator />
      <MenuRadio
        label={t('language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
        onChange={(value) => save({ locale: value as Locale })}
      />
      <MenuRadio
        label={t('theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChange={(value) => save({ theme: value as Theme })}
      />
      <MenuSeparator />
      {LINKS.map(({ key, href, icon: Icon }) => (
        <MenuItem key={key} asChild>
          <Link href={href}>
            <Icon aria-hidden />
            {t(key)}
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => void leave()}>
        <LogOut aria-hidden />
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
