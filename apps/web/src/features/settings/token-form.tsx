'use client';
import { DEFAULT_SCOPES, TOKEN_SCOPES, type TokenScope } from '@logmaster/core/api/token-scopes';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { NameField } from '@/components/ui/name-field.tsx';
import { Select } from '@/components/ui/select.tsx';

/** No site id is empty. */
const EVERY_SITE = '';

interface TokenFormProps {
  pending: boolean;
  /** `done` empties the form. */
  onCreate: (token: { name: string; scopes: TokenScope[]; siteId: string | null }, done: () => void) => void;
}

/** Name and scopes of a new token. It reads unless something else is chosen. */
export function TokenForm({ pending, onCreate }: TokenFormProps) {
  const t = useTranslations('settings');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(DEFAULT_SCOPES);
  const [site, setSite] = useState(EVERY_SITE);
  const sites = useQuery(useTRPC().sites.list.queryOptions());
  const options = [
    { value: EVERY_SITE, label: t('everySite') },
    ...(sites.data ?? []).map(({ id, name: label }) => ({ value: id, label })),
  ];
  function submit(event: FormEvent) {
    event.preventDefault();
    onCreate({ name, scopes: [...scopes], siteId: site === EVERY_SITE ? null : site }, () => {
      setName('');
      setScopes(DEFAULT_SCOPES);
      setSite(EVERY_SITE);
    });
  }
  const toggle = (scope: TokenScope) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  return (
    <form onSubmit={submit} className="grid max-w-md gap-3">
      <NameField label={t('tokenName')} value={name} placeholder={t('tokenPlaceholder')} onChange={setName} />
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 font-medium text-[0.8125rem]">{t('tokenScopes')}</legend>
        {TOKEN_SCOPES.map((scope) => (
          <label key={scope} className="flex items-start gap-2">
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
              checked={scopes.includes(scope)}
              onChange={() => toggle(scope)}
            />
            <span>
              {t(`scopes.${scope}`)} <code className="font-mono text-muted text-xs">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={t('tokenSite')} hint={t('tokenSiteHint')}>
        {(ids) => (
          <Select
            {...ids}
            className="w-full"
            value={site}
            options={options}
            onChange={({ target }) => setSite(target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" size="md" disabled={pending || scopes.length === 0}>
          {t('createToken')}
        </Button>
      </div>
    </form>
  );
}
