import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Logo } from '@/components/logo.tsx';
import { DisplaySwitches } from '@/features/preferences/display-switches.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('auth');
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
      <header className="flex justify-end p-3">
        <DisplaySwitches />
      </header>
      <main className="grid content-center justify-items-center gap-6 px-4 pb-10">
        <div className="flex items-center gap-3">
          <Logo className="size-10" />
          <div>
            <p className="font-semibold text-xl tracking-tight">LogMaster</p>
            <p className="text-muted text-[0.8125rem]">{t('tagline')}</p>
          </div>
        </div>
        <div className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-sm">{children}</div>
      </main>
      <footer className="p-4 text-center text-faint text-xs">{t('footer')}</footer>
    </div>
  );
}
