import { COOKIE_SECONDS, COOKIES, type Locale, type Theme } from '@/i18n/preferences.ts';

/** Display choices go into cookies, so that the sign-in page knows them too; the account gets a copy. */
export interface DisplayChoice {
  readonly locale?: Locale;
  readonly theme?: Theme;
  readonly timeZone?: string;
}

export function rememberChoice(choice: DisplayChoice): void {
  for (const [key, value] of Object.entries(choice)) {
    const name = COOKIES[key as keyof DisplayChoice];
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore needs HTTPS, and plain HTTP within a network is a supported set-up
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
  }
  if (choice.theme) document.documentElement.dataset.theme = choice.theme;
}

export function currentTheme(): Theme {
  return (document.documentElement.dataset.theme as Theme | undefined) ?? 'system';
}
