import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '@/features/auth/sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signIn') };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { reason, callbackUrl } = await searchParams;
  // Whoever comes here with a session cookie had a session that ended: with a good one the proxy had sent him on.
  const hadSession = (await cookies()).getAll().some(({ name }) => name.endsWith('next-auth.session-token'));
  return (
    <SignInForm
      expired={reason === 'expired' || hadSession}
      callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : undefined}
    />
  );
}
