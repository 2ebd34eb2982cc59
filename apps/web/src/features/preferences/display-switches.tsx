'use client';
import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuRadio } from '@/components/ui/menu.tsx';
import { useDisplayChoice, useTheme } from '@/features/preferences/use-display-choice.ts';
import { LOCALES, type Locale, THEMES, type Theme } from '@/i18n/preferences.ts';

/** Language and theme for pages without the user menu (sign-in). */
export function DisplaySwitches() {
  const t = useTranslations('preferences');
  const locale = useLocale();
  const theme = useTheme();
  const choose = useDisplayChoice();
  const ThemeIcon = { system: Monitor, light: Sun, dark: Moon }[theme];
  return (
    <div className="flex gap-1">
      <Menu
        trigger={
          <Button variant="ghost" title={t('language')}>
            <Languages />
            <span className="sr-only">{t('language')}:</span>
            {t(`locales.${locale as Locale}`)}
          </Button>
        }
      >
        <MenuRadio
          label={t('language')}
          value={locale}
          options={LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
          onChange={(value) => choose({ locale: value as Locale })}
        />
      </Menu>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('theme')}>
            <ThemeIcon />
          </Button>
        }
      >
        <MenuRadio
          label={t('theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
          onChange={(value) => choose({ theme: value as Theme })}
        />
      </Menu>
    </div>
  );
}
