'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useAccountPreferences } from '@/features/preferences/use-account-preferences.ts';
import { CommandPalette } from '@/features/shell/command-palette.tsx';
import { NavRail } from '@/features/shell/nav-rail.tsx';
import { StatusBar } from '@/features/shell/status-bar.tsx';

/** Rail on the left (at the bottom on narrow screens), the page, and a status line that never goes away. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  useAccountPreferences();
  return (
    <div className="flex h-dvh flex-col-reverse md:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-ink"
      >
        {t('skip')}
      </a>
      <NavRail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {children}
        </main>
        <StatusBar />
      </div>
      <CommandPalette />
    </div>
  );
}
