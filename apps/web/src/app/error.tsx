'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { ErrorPage } from '@/features/errors/error-page.tsx';

/** What rendering threw. `digest` is the id under which the server's log has the rest. */
export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('errors');
  return (
    <ErrorPage
      code="500"
      title={t('crashTitle')}
      text={t('crashText')}
      requestId={error.digest}
      action={
        <Button variant="primary" size="md" onClick={reset}>
          {t('retry')}
        </Button>
      }
    />
  );
}
