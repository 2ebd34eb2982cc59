'use client';
import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import type { Folder } from '@/features/evidence/types.ts';
import { VerifyResult } from '@/features/evidence/verify-result.tsx';

/** The proof on request: everything is read again from the archive and recomputed. */
export function VerifyPanel({ folder, label }: { folder: Folder; label?: string }) {
  const t = useTranslations('evidence');
  const verify = useMutation(useTRPC().evidence.verifySegment.mutationOptions());
  return (
    <div className="grid gap-2">
      <Button
        data-testid="verify"
        variant={verify.data ? 'outline' : 'primary'}
        className="justify-self-start"
        disabled={verify.isPending}
        onClick={() => verify.mutate(folder)}
      >
        {verify.isPending ? <Spinner className="text-accent-ink" /> : <ShieldCheck />}
        {verify.isPending ? t('verifying') : (label ?? t('verify'))}
      </Button>
      <div aria-live="polite">
        {verify.isPending && <p className="text-muted text-xs">{t('verifyingWhat')}</p>}
        {verify.error && <ErrorNote error={verify.error} />}
        {verify.data && <VerifyResult report={verify.data} />}
      </div>
    </div>
  );
}
