import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { COOKIES, DEFAULT_TIME_ZONE, isLocale, isTimeZone, negotiateLocale } from '@/i18n/preferences.ts';

export default getRequestConfig(async () => {
  const jar = await cookies();
  const chosen = jar.get(COOKIES.locale)?.value;
  const locale = isLocale(chosen) ? chosen : negotiateLocale((await headers()).get('accept-language'));
  const zone = jar.get(COOKIES.timeZone)?.value;
  return {
    locale,
    timeZone: isTimeZone(zone) ? zone : DEFAULT_TIME_ZONE,
    messages: (await import(`../../messages/${locale}.json`)).default,
  };
});
