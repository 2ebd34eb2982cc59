'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { Page } from '@/components/page.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { TabPanel, Tabs } from '@/components/ui/tabs.tsx';
import { ApproveDialog } from '@/features/devices/approve-dialog.tsx';
import { CoverageDialog } from '@/features/devices/coverage/coverage-dialog.tsx';
import { DeviceTable } from '@/features/devices/device-table.tsx';
import { DevicesEmpty } from '@/features/devices/devices-empty.tsx';
import { EditDialog } from '@/features/devices/edit-dialog.tsx';
import { FirewallSnippets } from '@/features/devices/firewall-snippets.tsx';
import { type Device, STATUSES, type Status, useDeviceActions, useDevices } from '@/features/devices/use-devices.ts';
import { useFormats } from '@/i18n/use-formats.ts';

export function DevicesPage({ syslogPort }: { syslogPort: number }) {
  const t = useTranslations('devices');
  const { number } = useFormats();
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(STATUSES).withDefault('pending'));
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  const [approving, setApproving] = useState<Device | null>(null);
  const [editing, setEditing] = useState<Device | null>(null);
  const [parsing, setParsing] = useState<Device | null>(null);
  const list = useDevices(tab);
  const actions = useDeviceActions();
  const counts = list.data?.counts;
  const label = (status: Status) => (
    <>
      {t(`tabs.${status}`)}
      {counts && (
        <Badge tone={status === 'pending' && counts.pending > 0 ? 'warn' : 'plain'}>{number(counts[status])}</Badge>
      )}
    </>
  );
  return (
    <Page
      title={t('title')}
      actions={
        <Button variant="primary" onClick={() => void setAdding(true)}>
          <Plus />
          {t('add')}
        </Button>
      }
    >
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(value) => void setTab(value as Status)}
        tabs={STATUSES.map((value) => ({ value, label: label(value) }))}
      >
        <TabPanel value={tab}>
          {list.isPending && <Skeleton className="h-48 w-full" />}
          {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
          {list.data && list.data.devices.length > 0 && (
            <DeviceTable
              devices={list.data.devices}
              stale={list.isPlaceholderData}
              onApprove={setApproving}
              onReject={(device) => actions.reject.mutate({ id: device.id, revision: device.revision })}
              onRestore={(device) => actions.restore.mutate({ id: device.id, revision: device.revision })}
              onEdit={setEditing}
              onParsing={setParsing}
            />
          )}
          {list.data?.devices.length === 0 && (
            <DevicesEmpty status={tab} counts={list.data.counts} syslogPort={syslogPort} />
          )}
        </TabPanel>
      </Tabs>
      <Dialog
        open={adding}
        onOpenChange={(open) => void setAdding(open || null)}
        title={t('addTitle')}
        description={t('addText')}
        className="w-[min(44rem,calc(100vw-2rem))]"
      >
        <FirewallSnippets port={syslogPort} />
      </Dialog>
      {approving && <ApproveDialog key={approving.id} device={approving} onClose={() => setApproving(null)} />}
      {parsing && <CoverageDialog key={parsing.id} device={parsing} onClose={() => setParsing(null)} />}
      {editing && <EditDialog key={editing.id} device={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
