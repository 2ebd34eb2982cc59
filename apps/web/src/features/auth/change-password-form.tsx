'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { toFailure } from '@/components/errors.ts';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { PasswordInput } from '@/components/ui/password-input.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { RULES, ruleHolds } from '@/features/auth/password-policy.ts';
import { PolicyList } from '@/features/auth/policy-list.tsx';

export function ChangePasswordForm() {
  const t = useTranslations('auth');
  const trpc = useTRPC();
  const me = useQuery(trpc.account.me.queryOptions());
  const [attempt, setAttempt] = useState({ current: '', next: '', again: '' });
  const [submitted, setSubmitted] = useState(false);
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({ onSuccess: () => window.location.assign('/explorer') }),
  );
  const judged = { ...attempt, username: me.data?.username ?? '' };
  const same = attempt.next === attempt.again;
  const ready = same && RULES.every((rule) => ruleHolds(rule, judged));
  const wrongCurrent = change.error !== null && toFailure(change.error).code === 'WRONG_CREDENTIALS';
  const set = (key: keyof typeof attempt) => (event: { target: { value: string } }) =>
    setAttempt({ ...attempt, [key]: event.target.value });

  function submit(event: FormEvent) {
    event.preventDefault();
    setSubmitted(true);
    if (ready) change.mutate({ current: attempt.current, next: attempt.next });
  }
  return (
    <form onSubmit={submit} className="grid gap-4" method="post">
      <div>
        <h1 className="font-semibold text-base">{t('changePassword')}</h1>
        {me.data?.mustChangePassword && <p className="mt-1 text-muted text-[0.8125rem]">{t('mustChange')}</p>}
      </div>
      <input type="hidden" name="username" autoComplete="username" value={me.data?.username ?? ''} readOnly />
      <Field label={t('currentPassword')} error={wrongCurrent ? t('wrongCurrent') : undefined}>
        {(ids) => (
          <PasswordInput
            {...ids}
            name="current"
            autoComplete="current-password"
            required
            autoFocus
            value={attempt.current}
            onChange={set('current')}
          />
        )}
      </Field>
      <Field label={t('newPassword')}>
        {(ids) => (
          <PasswordInput
            {...ids}
            name="next"
            autoComplete="new-password"
            required
            value={attempt.next}
            onChange={set('next')}
          />
        )}
      </Field>
      <PolicyList attempt={judged} />
      <Field
        label={t('repeatPassword')}
        error={!same && (submitted || attempt.again.length >= attempt.next.length) ? t('notSame') : undefined}
      >
        {(ids) => (
          <PasswordInput
            {...ids}
            name="again"
            autoComplete="new-password"
            required
            value={attempt.again}
            onChange={set('again')}
          />
        )}
      </Field>
      {change.error && !wrongCurrent && <ErrorNote error={change.error} />}
      <Button type="submit" variant="primary" size="md" disabled={change.isPending || change.isSuccess}>
        {change.isPending && <Spinner className="text-accent-ink" />}
        {t('saveAndGoOn')}
      </Button>
    </form>
  );
}
