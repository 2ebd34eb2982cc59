import { useTranslations } from 'next-intl';
import { useFormats } from '@/i18n/use-formats.ts';

/** Seconds as people say them: `0.4 s`, `12 s`, `3 min 20 s`, `5 h 10 min`, `2 d 3 h`. */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations('health.durations');
  const { number } = useFormats();
  return (seconds) => {
    if (seconds < 10) return t('seconds', { s: number(Math.round(seconds * 10) / 10) });
    const whole = Math.round(seconds);
    if (whole < 60) return t('seconds', { s: number(whole) });
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return t('minutes', { m: number(minutes), s: number(whole % 60) });
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return t('hours', { h: number(hours), m: number(minutes % 60) });
    return t('days', { d: number(Math.floor(hours / 24)), h: number(hours % 24) });
  };
}
