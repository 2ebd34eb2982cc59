import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ExplorerPage } from '@/features/explorer/explorer-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('explorer') };
}

export default function Page() {
  return <ExplorerPage />;
}
