/** What each person chooses about the display. Cookies carry it, so that the first byte of a page is already right. */
export const LOCALES = ['tr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const DEFAULT_TIME_ZONE = 'Europe/Istanbul';

export const COOKIES = { locale: 'locale', theme: 'theme', timeZone: 'timezone' } as const;

/** Preference cookies live a year. */
export const COOKIE_SECONDS = 365 * 24 * 3600;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

export function isTheme(value: unknown): value is Theme {
  return THEMES.includes(value as Theme);
}

export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false; // RangeError is how Intl says that it knows no such zone
  }
}

/** First supported language of an Accept-Language header; Turkish when it names none. */
export function negotiateLocale(header: string | null): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find((value) => value !== undefined);
      return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.map(({ language }) => language).find(isLocale) ?? 'tr';
}
