'use client';
import { useTranslations } from 'next-intl';
import { Page } from '@/components/page.tsx';
import { SessionsSection } from '@/features/settings/sessions-section.tsx';
import { TimeZoneSection } from '@/features/settings/time-zone-section.tsx';
import { TokensSection } from '@/features/settings/tokens-section.tsx';

export function SettingsPage() {
  const t = useTranslations('settings');
  return (
    <Page title={t('title')}>
      <div className="grid max-w-4xl gap-5">
        <TimeZoneSection />
        <TokensSection />
        <SessionsSection />
      </div>
    </Page>
  );
}
