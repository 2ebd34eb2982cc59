'use client';
import { clockOf } from '@logmaster/core/devices';
import { Check, EllipsisVertical, Gauge, Pencil, Search, Undo2, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import type { Device } from '@/features/devices/use-devices.ts';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import { clauseOf } from '@/features/explorer/query/filters.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** A sender that was silent this long is marked. */
const SILENT_MS = 10 * 60_000;

export interface DeviceRowActions {
  onApprove: (device: Device) => void;
  onReject: (device: Device) => void;
  onRestore: (device: Device) => void;
  onEdit: (device: Device) => void;
  onParsing: (device: Device) => void;
}

interface DeviceRowProps extends DeviceRowActions {
  device: Device;
  /** Null until the browser's clock is known. */
  now: number | null;
  /** Its records are parsed worse than usual. */
  drifts: boolean;
}

export function DeviceRow({ device, now, drifts, onApprove, onReject, onRestore, onEdit, onParsing }: DeviceRowProps) {
  const t = useTranslations('devices');
  const coverage = useTranslations('coverage');
  const { number } = useFormats();
  const silent = now !== null && now - device.lastSeen.getTime() > SILENT_MS;
  return (
    <tr className="h-13 border-t hover:bg-hover" data-testid="device-row" data-address={device.address}>
      <td className="max-w-64 py-2 pr-3 pl-4 max-sm:max-w-32">
        <span className="block truncate font-medium">
          <VisibleText text={device.name} />
        </span>
        {device.hostname && device.hostname !== device.name && (
          <span className="block truncate text-muted text-xs">
            <VisibleText text={device.hostname} />
          </span>
        )}
        {drifts && (
          <Badge tone="warn" data-testid="drift">
            {coverage('drift')}
          </Badge>
        )}
        <span className="block font-mono text-muted text-xs lg:hidden">{device.address}</span>
      </td>
      <td className="px-3 font-mono text-xs max-lg:hidden">{device.address}</td>
      <td className="px-3 max-lg:hidden">
        {device.vendor ? (
          <VisibleText text={[device.vendor, device.product].filter(Boolean).join(' ')} />
        ) : (
          <span className="text-faint">{t('unknownVendor')}</span>
        )}
      </td>
      <td className="px-3 max-lg:hidden">{device.siteName ?? <span className="text-faint">{t('noSite')}</span>}</td>
      <td className="px-3 max-lg:hidden">
        <Moment at={device.firstSeen.getTime()} now={now} />
      </td>
      <td className="px-3 py-2">
        <Moment at={device.lastSeen.getTime()} now={now} />
        <ClockNote device={device} />
        {silent && device.status === 'approved' && <Badge tone="warn">{t('silent')}</Badge>}
      </td>
      <td className="nums px-3 text-right max-lg:hidden">{number(device.records)}</td>
      <td className="px-3">
        <span className="flex justify-end gap-1.5">
          {device.status === 'pending' && (
            <>
              <Button variant="primary" data-testid="approve" onClick={() => onApprove(device)}>
                <Check />
                {t('approve')}
              </Button>
              <Button className="max-sm:hidden" onClick={() => onReject(device)}>
                <X />
                {t('reject')}
              </Button>
            </>
          )}
          {device.status === 'rejected' && (
            <Button onClick={() => onRestore(device)}>
              <Undo2 />
              {t('restore')}
            </Button>
          )}
          <Menu
            trigger={
              <Button variant="ghost" size="icon" aria-label={t('more', { name: device.name })}>
                <EllipsisVertical />
              </Button>
            }
          >
            <MenuItem asChild>
              <Link href={`/explorer?${new URLSearchParams({ q: clauseOf('log.source.address', device.address) })}`}>
                <Search aria-hidden />
                {t('showRecords')}
              </Link>
            </MenuItem>
            <MenuItem onSelect={() => onParsing(device)}>
              <Gauge aria-hidden />
              {t('parsing')}
            </MenuItem>
            <MenuItem onSelect={() => onEdit(device)}>
              <Pencil aria-hidden />
              {t(device.status === 'approved' ? 'edit' : 'rename')}
            </MenuItem>
            {device.status !== 'rejected' && (
              <MenuItem onSelect={() => onReject(device)}>
                <X aria-hidden />
                {t('reject')}
              </MenuItem>
            )}
          </Menu>
        </span>
      </td>
    </tr>
  );
}

/** Questions about a moment must allow for a clock that is wrong. */
function ClockNote({ device }: { device: Device }) {
  const t = useTranslations('devices');
  const { duration } = useFormats();
  const clock = clockOf(device.clockSkewMs);
  if (clock !== 'ahead' && clock !== 'behind') return null;
  const off = duration(device.clockSkewMs ?? 0);
  return (
    <Badge tone="warn" className="whitespace-nowrap" data-testid="clock">
      {t(clock === 'ahead' ? 'clockAhead' : 'clockBehind', { off })}
    </Badge>
  );
}

function Moment({ at, now }: { at: number; now: number | null }) {
  const { dateTime, relative } = useFormats();
  return (
    <span className="nums block whitespace-nowrap">
      {now === null ? ' ' : relative(Math.min(at, now), now)}
      <span className="block text-muted text-xs max-sm:hidden">{dateTime(at)}</span>
    </span>
  );
}
