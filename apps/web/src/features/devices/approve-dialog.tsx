'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DeviceForm } from '@/features/devices/device-form.tsx';
import { type SiteChoice, SitePicker, useSites } from '@/features/devices/site-picker.tsx';
import { type Device, useDeviceActions } from '@/features/devices/use-devices.ts';
import { useResolveSite } from '@/features/devices/use-resolve-site.ts';

export function ApproveDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useTranslations('devices');
  const sites = useSites();
  const { approve } = useDeviceActions();
  const site = useResolveSite();
  const [chosen, setChosen] = useState<SiteChoice | null>(null);
  const first = sites.data?.find(({ id }) => id !== 'unassigned');
  const choice: SiteChoice = chosen ?? (first ? { kind: 'existing', id: first.id } : { kind: 'new', name: '' });

  async function save(name: string) {
    const siteId = await site.resolve(choice);
    setChosen({ kind: 'existing', id: siteId });
    await approve.mutateAsync({ id: device.id, revision: device.revision, name, siteId });
  }
  return (
    <DeviceForm
      title={t('approveTitle', { address: device.address })}
      description={t('approveText')}
      name={device.hostname ?? device.name}
      nameHint={t('nameHint')}
      confirm={t('approve')}
      confirmId="confirm-approve"
      error={site.error ?? approve.error}
      save={save}
      onClose={onClose}
    >
      <SitePicker choice={choice} onChange={setChosen} />
    </DeviceForm>
  );
}
