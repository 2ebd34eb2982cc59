'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { type SiteChoice, SitePicker, useSites } from '@/features/devices/site-picker.tsx';
import { type Device, useDeviceActions } from '@/features/devices/use-devices.ts';
import { useResolveSite } from '@/features/devices/use-resolve-site.ts';

export function ApproveDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useTranslations('devices');
  const sites = useSites();
  const { approve } = useDeviceActions();
  const site = useResolveSite();
  const [name, setName] = useState(device.hostname ?? device.name);
  const [chosen, setChosen] = useState<SiteChoice | null>(null);
  const [busy, setBusy] = useState(false);
  const first = sites.data?.find(({ id }) => id !== 'unassigned');
  const choice: SiteChoice = chosen ?? (first ? { kind: 'existing', id: first.id } : { kind: 'new', name: '' });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const siteId = await site.resolve(choice);
      setChosen({ kind: 'existing', id: siteId });
      await approve.mutateAsync({ id: device.id, revision: device.revision, name, siteId });
      onClose();
    } catch {
      setBusy(false); // shown below, from the state of the two mutations
    }
  }
  const error = site.error ?? approve.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('approveTitle', { address: device.address })}
      description={t('approveText')}
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <Field label={t('name')} hint={t('nameHint')}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoFocus
            />
          )}
        </Field>
        <SitePicker choice={choice} onChange={setChosen} />
        {error && <ErrorNote error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" data-testid="confirm-approve" disabled={busy}>
            {busy && <Spinner className="text-accent-ink" />}
            {t('approve')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
