'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';

interface ErrorPageProps {
  code: string;
  title: string;
  text: string;
  /** Id to quote to an administrator. */
  requestId?: string | undefined;
  action?: ReactNode;
}

/** A whole page that says what happened and how to go on. Never a stack trace. */
export function ErrorPage({ code, title, text, requestId, action }: ErrorPageProps) {
  const t = useTranslations('errors');
  return (
    <main className="grid min-h-full place-items-center p-6 py-16">
      <div className="grid max-w-md justify-items-center gap-2 text-center">
        <p className="nums font-semibold text-accent text-sm">{code}</p>
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-pretty text-muted">{text}</p>
        {requestId && <p className="mt-1 font-mono text-faint text-xs">{t('requestId', { id: requestId })}</p>}
        <div className="mt-4 flex gap-2">
          {action}
          <Button asChild variant={action ? 'outline' : 'primary'} size="md">
            <Link href="/explorer">{t('toExplorer')}</Link>
          </Button>
        </div>
      </div>
    </main>
  );
}
