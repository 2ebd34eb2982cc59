'use client';
import { useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/trpc.ts';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { useLocalStamp } from '@/features/evidence/use-local-stamp.ts';

const COMMAND = 'npx logmaster verify data/archive';

/** What this proves, what it doesn't, and how anyone can check it without us. */
export function ProofNote() {
  const t = useTranslations('evidence');
  const signers = useQuery(useTRPC().evidence.signers.queryOptions(undefined, { staleTime: 300_000 }));
  const local = useLocalStamp();
  const fingerprint = signers.data?.fingerprint;
  return (
    <section className="grid gap-3 rounded-xl border bg-surface p-4 text-[0.8125rem]">
      <h2 className="font-semibold">{t('proofTitle')}</h2>
      <p className="text-muted">{t('proofText')}</p>
      {local && <p className="rounded-md bg-warn-soft p-2.5 text-warn text-xs">{t('localStampWhy')}</p>}
      <div className="flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-xs">{COMMAND}</code>
        <CopyButton value={COMMAND} label={t('command')} />
      </div>
      {fingerprint && (
        <div>
          <p className="flex items-center gap-1.5 font-medium text-xs">
            <Fingerprint aria-hidden className="size-4 text-muted" />
            {t('signer')}
            <CopyButton value={fingerprint} label={t('signer')} />
          </p>
          <code data-testid="signer" className="block break-all font-mono text-muted text-xs leading-relaxed">
            {(fingerprint.match(/.{4}/g) ?? []).join(' ')}
          </code>
          <p className="mt-1 text-faint text-xs">{t('signerHint')}</p>
        </div>
      )}
    </section>
  );
}
