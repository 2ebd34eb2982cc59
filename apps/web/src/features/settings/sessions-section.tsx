'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { browserName } from '@/features/settings/browser-name.ts';
import { Section } from '@/features/settings/section.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

export function SessionsSection() {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const { dateTime } = useFormats();
  const list = useQuery(trpc.account.sessions.queryOptions());
  const revoke = useMutation(
    trpc.account.revoke.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() }),
    }),
  );
  return (
    <Section id="sessions" title={t('sessions')} text={t('sessionsText')}>
      {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      {revoke.error && <ErrorNote error={revoke.error} />}
      <ul className="grid">
        {list.data?.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-2.5 first:border-t-0">
            <MonitorSmartphone aria-hidden className="size-4 text-muted" />
            <span className="min-w-0 flex-1">
              <span className="font-medium" title={session.userAgent}>
                {browserName(session.userAgent) ?? t('unknownBrowser')}
              </span>{' '}
              {session.current && <Badge tone="ok">{t('thisSession')}</Badge>}
              <span className="block font-mono text-muted text-xs">{session.address}</span>
            </span>
            <span className="nums text-muted text-xs">
              {t('signedIn', { at: dateTime(session.createdAt.getTime()) })}
            </span>
            <span className="nums text-muted text-xs">
              {t('lastSeen', { at: dateTime(session.lastSeenAt.getTime()) })}
            </span>
            {!session.current && (
              <Button variant="danger" size="xs" onClick={() => revoke.mutate({ id: session.id })}>
                {t('endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
