import { useTranslations } from 'next-intl';
import type { Reason } from '@/features/health/merge-parts.ts';

/** Names and reasons of parts in the reader's language; what has no translation is shown as the server says it. */
export function usePartTexts() {
  const t = useTranslations('health');
  const errors = useTranslations('errors');
  return {
    nameOf(name: string): string {
      const number = /^database replica (\d+)$/.exec(name)?.[1];
      if (number !== undefined) return t('replica', { number });
      return t.has(`parts.${name}`) ? t(`parts.${name}`) : name;
    },
    reasonOf({ code = '', params = {}, reason }: Reason): string {
      if (t.has(`reasons.${code}`)) return t(`reasons.${code}`, params);
      return errors.has(code) ? errors(code) : reason;
    },
  };
}
