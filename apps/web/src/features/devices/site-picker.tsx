'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { NameField } from '@/components/ui/name-field.tsx';
import { Select } from '@/components/ui/select.tsx';

/** Value of the choice "a new site": no site id looks like this. */
const NEW = '+';

export type SiteChoice =
  | { readonly kind: 'existing'; readonly id: string }
  | { readonly kind: 'new'; readonly name: string };

interface SitePickerProps {
  choice: SiteChoice | null;
  onChange: (choice: SiteChoice) => void;
}

export function useSites() {
  return useQuery(useTRPC().sites.list.queryOptions());
}

/** A site of the list, or the name of one to be made. */
export function SitePicker({ choice, onChange }: SitePickerProps) {
  const t = useTranslations('devices');
  const sites = useSites();
  const options = [
    ...(sites.data ?? []).map(({ id, name }) => ({ value: id, label: id === 'unassigned' ? t('unassigned') : name })),
    { value: NEW, label: t('newSite') },
  ];
  const value = choice?.kind === 'existing' ? choice.id : NEW;
  return (
    <>
      <Field label={t('site')} hint={t('siteHint')}>
        {(ids) => (
          <Select
            {...ids}
            className="w-full"
            value={value}
            options={options}
            onChange={({ target }) =>
              onChange(target.value === NEW ? { kind: 'new', name: '' } : { kind: 'existing', id: target.value })
            }
          />
        )}
      </Field>
      {choice?.kind !== 'existing' && (
        <NameField
          label={t('newSiteName')}
          value={choice?.name ?? ''}
          placeholder={t('newSitePlaceholder')}
          onChange={(name) => onChange({ kind: 'new', name })}
        />
      )}
    </>
  );
}
