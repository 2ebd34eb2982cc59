'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Section } from '@/features/settings/section.tsx';
import { TokenForm } from '@/features/settings/token-form.tsx';
import { TokenRow } from '@/features/settings/token-row.tsx';

export function TokensSection() {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: trpc.tokens.pathKey() });
  const list = useQuery(trpc.tokens.list.queryOptions());
  const create = useMutation(trpc.tokens.create.mutationOptions({ onSuccess: refresh }));
  const revoke = useMutation(trpc.tokens.revoke.mutationOptions({ onSuccess: refresh }));
  const active = list.data?.filter((token) => token.revokedAt === null) ?? [];
  return (
    <Section id="tokens" title={t('tokens')} text={t('tokensText')}>
      <div className="grid gap-4">
        <TokenForm pending={create.isPending} onCreate={(token, done) => create.mutate(token, { onSuccess: done })} />
        {create.error && <ErrorNote error={create.error} />}
        {create.data && (
          <div role="status" className="grid gap-1.5 rounded-lg border border-ok/30 bg-ok-soft p-3">
            <p className="font-medium text-ok text-[0.8125rem]">{t('tokenOnce')}</p>
            <p className="flex items-center gap-2">
              <code data-testid="new-token" className="min-w-0 break-all font-mono text-xs">
                {create.data.token}
              </code>
              <CopyButton value={create.data.token} label={t('token')} withText size="xs" variant="outline" />
            </p>
          </div>
        )}
        {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
        {revoke.error && <ErrorNote error={revoke.error} />}
        {list.data && active.length === 0 && (
          <EmptyState icon={<KeyRound />} title={t('noTokens')} text={t('noTokensText')} />
        )}
        {active.length > 0 && (
          <ul className="grid">
            {active.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => revoke.mutate({ id: token.id })} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
