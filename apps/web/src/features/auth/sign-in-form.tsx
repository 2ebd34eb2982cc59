'use client';
import { CircleAlert, Info } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { safeReturnPath } from '@/components/errors.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { PasswordInput } from '@/components/ui/password-input.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';

type Problem = 'wrong' | 'tooMany' | 'away';

async function trySignIn(username: string, password: string): Promise<Problem | null> {
  const result = await signIn('credentials', { username, password, redirect: false }).catch(() => undefined);
  if (!result) return 'away';
  if (result.ok && !result.error) return null;
  if (result.error?.includes('TOO_MANY_ATTEMPTS')) return 'tooMany';
  if (result.error === 'CredentialsSignin' || result.error?.includes('WRONG_CREDENTIALS')) return 'wrong';
  return 'away';
}

export function SignInForm({ expired, callbackUrl }: { expired: boolean; callbackUrl: string | undefined }) {
  const t = useTranslations('auth');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setBusy(true);
    setProblem(null);
    const failed = await trySignIn(String(data.get('username')), String(data.get('password')));
    if (!failed) return window.location.assign(safeReturnPath(callbackUrl));
    setBusy(false);
    setProblem(failed);
    form.querySelector<HTMLInputElement>('input[name=password]')?.select();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4" method="post">
      <h1 className="font-semibold text-base">{t('signIn')}</h1>
      {expired && !problem && (
        <p role="status" className="flex gap-2 rounded-md bg-note-soft p-2.5 text-note text-[0.8125rem]">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('expired')}
        </p>
      )}
      {problem && (
        <p
          role="alert"
          data-testid="sign-in-error"
          className="flex gap-2 rounded-md bg-bad-soft p-2.5 text-bad text-[0.8125rem]"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t(`problems.${problem}`)}
        </p>
      )}
      <Field label={t('username')}>
        {(ids) => (
          <Input
            {...ids}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(ids) => <PasswordInput {...ids} name="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" variant="primary" size="md" disabled={busy}>
        {busy && <Spinner className="text-accent-ink" />}
        {busy ? t('signingIn') : t('signIn')}
      </Button>
    </form>
  );
}
