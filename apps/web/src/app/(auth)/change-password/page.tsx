import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChangePasswordForm } from '@/features/auth/change-password-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('changePassword') };
}

export default function ChangePasswordPage() {
  return <ChangePasswordForm />;
}
