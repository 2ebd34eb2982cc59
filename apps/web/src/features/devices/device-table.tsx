'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { useNow } from '@/components/use-now.ts';
import { useDrifting } from '@/features/devices/coverage/use-coverage.ts';
import { DeviceRow, type DeviceRowActions } from '@/features/devices/device-row.tsx';
import type { Device } from '@/features/devices/use-devices.ts';

const COLUMNS = ['name', 'address', 'vendor', 'site', 'firstSeen', 'lastSeen', 'records'] as const;

/** Columns that narrow screens have room for; the address is then under the name. */
const NARROW = new Set<string>(['name', 'lastSeen']);

interface DeviceTableProps extends DeviceRowActions {
  devices: readonly Device[];
  stale: boolean;
}

export function DeviceTable({ devices, stale, ...actions }: DeviceTableProps) {
  const t = useTranslations('devices');
  const now = useNow(5_000);
  const drifting = useDrifting();
  return (
    <div className={cn('scroll-slim overflow-x-auto rounded-xl border bg-surface', stale && 'opacity-60')}>
      <table className="w-full border-collapse text-left text-[0.8125rem]" data-testid="device-table">
        <thead className="bg-sunken text-muted text-xs">
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={cn(
                  'h-9 whitespace-nowrap px-3 font-medium first:pl-4',
                  column === 'records' && 'text-right',
                  !NARROW.has(column) && 'max-lg:hidden',
                )}
              >
                {t(`columns.${column}`)}
              </th>
            ))}
            <th scope="col" className="px-3">
              <span className="sr-only">{t('columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} now={now} drifts={drifting.has(device.id)} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
