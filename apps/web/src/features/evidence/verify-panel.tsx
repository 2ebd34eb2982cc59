'use client';
import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import type { Folder } from '@/features/evidence/types.ts';
import { VerifyResult } from '@/features/evidence/verify-result.tsx';

interface VerifyPanelProps {
  folder: Folder;
  label?: string;
  /** Buttons beside this one. */
  beside?: ReactNode;
}

/** The proof on request: everything is read again from the archive and recomputed. */
export function VerifyPanel({ folder, label, beside }: VerifyPanelProps) {
  const t = useTranslations('evidence');
  const verify = useMutation(useTRPC().evidence.verifySegment.mutationOptions());
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          data-testid="verify"
          variant={verify.data ? 'outline' : 'primary'}
          disabled={verify.isPending}
          onClick={() => verify.mutate(folder)}
        >
          {verify.isPending ? <Spinner className="text-accent-ink" /> : <ShieldCheck />}
          {verify.isPending ? t('verifying') : (label ?? t('verify'))}
        </Button>
        {beside}
      </div>
      <div aria-live="polite">
        {verify.isPending && <p className="text-muted text-xs">{t('verifyingWhat')}</p>}
        {verify.error && <ErrorNote error={verify.error} />}
        {verify.data && <VerifyResult report={verify.data} />}
      </div>
    </div>
  );
}
