'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { TabPanel, Tabs } from '@/components/ui/tabs.tsx';
import { isLoopback, snippet, VENDORS, type Vendor } from '@/features/devices/snippets.ts';

/** Documentation address (RFC 5737), shown until the real one is put in. */
const EXAMPLE = '192.0.2.10';

/** Vendor → commands with this server's address and port → what will happen next. */
export function FirewallSnippets({ port }: { port: number }) {
  const t = useTranslations('devices');
  const [vendor, setVendor] = useState<Vendor>('fortigate');
  const [host, setHost] = useState('');
  useEffect(() => {
    if (!isLoopback(window.location.hostname)) setHost(window.location.hostname);
  }, []);
  const text = snippet(vendor, host || EXAMPLE, port);
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
        <Field label={t('serverAddress')} hint={host ? undefined : t('serverAddressHint')}>
          {(ids) => (
            <Input
              {...ids}
              value={host}
              placeholder={EXAMPLE}
              onChange={(event) => setHost(event.target.value.trim())}
            />
          )}
        </Field>
        <Field label={t('syslogPort')} hint="UDP + TCP">
          {(ids) => <Input {...ids} readOnly value={port} className="nums" />}
        </Field>
      </div>
      <Tabs
        label={t('vendor')}
        value={vendor}
        onChange={(value) => setVendor(value as Vendor)}
        tabs={VENDORS.map((value) => ({ value, label: t(`vendors.${value}`) }))}
      >
        <TabPanel value={vendor}>
          <div className="relative rounded-lg bg-sunken">
            <pre className="scroll-slim overflow-x-auto p-3 pr-10 font-mono text-xs leading-relaxed">{text}</pre>
            <CopyButton value={text} label={t('commands')} className="absolute top-1.5 right-1.5" size="icon" />
          </div>
        </TabPanel>
      </Tabs>
      <p className="text-muted text-xs">{t('addNext')}</p>
    </div>
  );
}
