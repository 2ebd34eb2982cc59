'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { DeviceForm } from '@/features/devices/device-form.tsx';
import { type SiteChoice, SitePicker } from '@/features/devices/site-picker.tsx';
import { type Device, useDeviceActions } from '@/features/devices/use-devices.ts';
import { useResolveSite } from '@/features/devices/use-resolve-site.ts';
import { zoneOptions } from '@/i18n/zone-options.ts';

/** Name, and for an approved device its site and certificate. Old records stay where they were sealed. */
export function EditDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useTranslations('devices');
  const { rename, assign, bindCertificate, setTimeZone } = useDeviceActions();
  const site = useResolveSite();
  const approved = device.status === 'approved';
  const [certificate, setCertificate] = useState(device.certificate ?? '');
  const [timeZone, setZone] = useState(device.timeZone ?? '');
  const [choice, setChoice] = useState<SiteChoice>({ kind: 'existing', id: device.siteId ?? 'unassigned' });

  async function save(name: string) {
    let revision = device.revision;
    if (name.trim() !== device.name) revision = (await rename.mutateAsync({ id: device.id, revision, name })).revision;
    if (approved) {
      const siteId = await site.resolve(choice);
      if (siteId !== device.siteId) revision = (await assign.mutateAsync({ id: device.id, revision, siteId })).revision;
    }
    if (certificate.trim() !== (device.certificate ?? ''))
      revision = (
        await bindCertificate.mutateAsync({ id: device.id, revision, certificate: certificate.trim() || null })
      ).revision;
    if (timeZone !== (device.timeZone ?? ''))
      await setTimeZone.mutateAsync({ id: device.id, revision, timeZone: timeZone || null });
  }
  return (
    <DeviceForm
      title={t('editTitle', { name: device.name })}
      description={approved ? t('editText') : undefined}
      name={device.name}
      confirm={t('save')}
      error={rename.error ?? site.error ?? assign.error ?? bindCertificate.error ?? setTimeZone.error}
      save={save}
      onClose={onClose}
    >
      {approved && <SitePicker choice={choice} onChange={setChoice} />}
      {approved && (
        <Field label={t('certificate')} hint={t('certificateHint')}>
          {(ids) => (
            <Input
              {...ids}
              className="font-mono text-xs"
              maxLength={200}
              placeholder="9f:86:d0:81:…"
              spellCheck={false}
              value={certificate}
              onChange={(event) => setCertificate(event.target.value)}
            />
          )}
        </Field>
      )}
      {approved && (
        <Field label={t('timeZone')} hint={t('timeZoneHint')}>
          {(ids) => (
            <Select
              {...ids}
              value={timeZone}
              options={[{ value: '', label: t('timeZoneOfSite') }, ...zoneOptions(device.timeZone)]}
              onChange={(event) => setZone(event.target.value)}
            />
          )}
        </Field>
      )}
    </DeviceForm>
  );
}
