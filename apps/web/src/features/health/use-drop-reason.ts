import { useTranslations } from 'next-intl';

/** Why records are dropped, in the reader's language; a reason that has no translation stands as it is. */
export function useDropReason(): (reason: string) => string {
  const t = useTranslations('health');
  return (reason) => (t.has(`dropReasons.${reason}`) ? t(`dropReasons.${reason}`) : reason);
}
