import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EvidencePage } from '@/features/evidence/evidence-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('evidence') };
}

export default function Page() {
  return <EvidencePage />;
}
