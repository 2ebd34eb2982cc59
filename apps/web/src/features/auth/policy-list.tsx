'use client';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { MIN_PASSWORD, type PasswordAttempt, RULES, ruleHolds } from '@/features/auth/password-policy.ts';

/** The policy, each rule ticked as soon as it is met. */
export function PolicyList({ attempt }: { attempt: PasswordAttempt }) {
  const t = useTranslations('auth');
  return (
    <ul aria-label={t('policy')} className="-mt-1 grid gap-1 text-xs">
      {RULES.map((rule) => {
        const holds = ruleHolds(rule, attempt);
        return (
          <li
            key={rule}
            className={holds ? 'flex items-center gap-1.5 text-ok' : 'flex items-center gap-1.5 text-muted'}
          >
            {holds ? <CircleCheck aria-hidden className="size-3.5" /> : <Circle aria-hidden className="size-3.5" />}
            {t(`rules.${rule}`, { min: MIN_PASSWORD })}
            <span className="sr-only">{holds ? t('ruleMet') : t('ruleOpen')}</span>
          </li>
        );
      })}
    </ul>
  );
}
