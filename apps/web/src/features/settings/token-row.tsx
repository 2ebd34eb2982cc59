'use client';
import type { TokenScope } from '@logmaster/core/api/token-scopes';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

interface TokenRowProps {
  token: { name: string; scopes: TokenScope[]; siteId: string | null; createdAt: Date; lastUsedAt: Date | null };
  onRevoke: () => void;
}

/** Revoking asks once more: scripts that use the token stop working at once, and there is no way back. */
export function TokenRow({ token, onRevoke }: TokenRowProps) {
  const t = useTranslations('settings');
  const { dateTime } = useFormats();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-2.5 first:border-t-0">
      <span className="min-w-0 flex-1 truncate font-medium">{token.name}</span>
      <span className="flex flex-wrap gap-1">
        {token.scopes.map((scope) => (
          <Badge
            key={scope}
            tone={scope === 'read' ? 'plain' : 'warn'}
            className="font-mono"
            title={t(`scopes.${scope}`)}
          >
            {scope}
          </Badge>
        ))}
        {token.siteId !== null && <Badge tone="accent">{token.siteId}</Badge>}
      </span>
      <span className="nums text-muted text-xs">{t('created', { at: dateTime(token.createdAt.getTime()) })}</span>
      <span className="nums text-muted text-xs">
        {token.lastUsedAt ? t('lastUsed', { at: dateTime(token.lastUsedAt.getTime()) }) : t('neverUsed')}
      </span>
      {asking ? (
        <span className="flex gap-1.5">
          <Button variant="danger" size="xs" onClick={onRevoke}>
            {t('revokeReally')}
          </Button>
          <Button size="xs" onClick={() => setAsking(false)}>
            {t('cancel')}
          </Button>
        </span>
      ) : (
        <Button variant="danger" size="xs" onClick={() => setAsking(true)}>
          {t('revoke')}
        </Button>
      )}
    </li>
  );
}
