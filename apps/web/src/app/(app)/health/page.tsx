import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HealthPage } from '@/features/health/health-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('health') };
}

export default function Page() {
  return <HealthPage />;
}
