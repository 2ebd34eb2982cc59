'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useSyncExternalStore } from 'react';
import { currentTheme, type DisplayChoice, rememberChoice } from '@/features/preferences/cookies.ts';
import type { Theme } from '@/i18n/preferences.ts';

/** Applies language, theme or zone now; language and zone come with the next render of the server. */
export function useDisplayChoice(): (choice: DisplayChoice) => void {
  const router = useRouter();
  return useCallback(
    (choice) => {
      rememberChoice(choice);
      if (choice.locale || choice.timeZone) router.refresh();
    },
    [router],
  );
}

function subscribe(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme, () => 'system');
}
