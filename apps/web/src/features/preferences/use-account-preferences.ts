'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc.ts';
import { useDisplayChoice } from '@/features/preferences/use-display-choice.ts';
import { COOKIES, DEFAULT_TIME_ZONE } from '@/i18n/preferences.ts';

/**
 * Brings what the account remembers to a browser that knows nothing yet. Where the account only has the defaults, the
 * browser's own language and theme stay.
 */
export function useAccountPreferences(): void {
  const me = useQuery(useTRPC().account.me.queryOptions(undefined, { staleTime: 300_000 })).data;
  const choose = useDisplayChoice();
  useEffect(() => {
    if (!me) return;
    const chosen = new Set(document.cookie.split('; ').map((pair) => pair.split('=')[0]));
    const choice = {
      ...(!chosen.has(COOKIES.locale) && me.locale !== 'tr' ? { locale: me.locale } : {}),
      ...(!chosen.has(COOKIES.theme) && me.theme !== 'system' ? { theme: me.theme } : {}),
      ...(!chosen.has(COOKIES.timeZone) && me.timeZone !== DEFAULT_TIME_ZONE ? { timeZone: me.timeZone } : {}),
    };
    if (Object.keys(choice).length > 0) choose(choice);
  }, [me, choose]);
}
