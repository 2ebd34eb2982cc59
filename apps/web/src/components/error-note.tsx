'use client';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toFailure } from '@/components/errors.ts';
import { Button } from '@/components/ui/button.tsx';

interface ErrorNoteProps {
  error: unknown;
  /** Says what is not there; replaces the general sentence of NOT_FOUND. */
  text?: string;
  /** Offered as "Try again". */
  retry?: () => void;
}

/** What happened, in the reader's language, with the request id and a way on. */
export function ErrorNote({ error, text, retry }: ErrorNoteProps) {
  const t = useTranslations('errors');
  const failure = toFailure(error);
  return (
    <div
      role="alert"
      data-testid="error-note"
      className="flex items-start gap-2.5 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2.5 text-[0.8125rem]"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-bad">{text && failure.code === 'NOT_FOUND' ? text : t(failure.code)}</p>
        {failure.detail && <p className="break-words text-ink">{failure.detail}</p>}
        {failure.requestId && <p className="text-muted text-xs">{t('requestId', { id: failure.requestId })}</p>}
      </div>
      {retry && (
        <Button size="xs" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
