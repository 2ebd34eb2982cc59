'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { toFailure } from '@/components/errors.ts';
import { useToast } from '@/components/toast.tsx';
import { useTRPC } from '@/components/trpc.ts';
import type { AppRouter } from '@/server/router.ts';

export type Device = inferRouterOutputs<AppRouter>['devices']['list']['devices'][number];
export type Status = Device['status'];
export const STATUSES = ['pending', 'approved', 'rejected'] as const satisfies readonly Status[];

/** New senders show up by themselves. */
const REFRESH_MS = 5_000;
const BADGE_REFRESH_MS = 30_000;

export function useDevices(status: Status) {
  return useQuery(
    useTRPC().devices.list.queryOptions({ status }, { refetchInterval: REFRESH_MS, placeholderData: (old) => old }),
  );
}

/** Senders nobody has judged yet, for the badge in the navigation. */
export function usePendingCount(): number {
  const list = useQuery(
    useTRPC().devices.list.queryOptions({ status: 'pending' }, { refetchInterval: BADGE_REFRESH_MS }),
  );
  return list.data?.counts.pending ?? 0;
}

/** What can be done with a device; each says what happened, and offers to undo it where that is possible. */
export function useDeviceActions() {
  const t = useTranslations('devices');
  const errors = useTranslations('errors');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const toast = useToast();
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: trpc.devices.pathKey() }),
      cache.invalidateQueries({ queryKey: trpc.sites.pathKey() }),
    ]);
  const onError = (error: unknown) => {
    const { code, detail } = toFailure(error);
    toast({ tone: 'bad', text: [errors(code), detail].filter(Boolean).join(': ') });
    return refresh();
  };
  const restore = useMutation(trpc.devices.restore.mutationOptions({ onSuccess: refresh, onError }));
  const undo = (device: Device) => ({
    label: t('undo'),
    run: () => restore.mutate({ id: device.id, revision: device.revision }),
  });
  const done = (text: string, device?: Device) => {
    toast(device ? { text, action: undo(device) } : { text });
    return refresh();
  };
  return {
    approve: useMutation(
      trpc.devices.approve.mutationOptions({
        onError,
        onSuccess: (device) => done(t('approved', { name: device.name }), device),
      }),
    ),
    reject: useMutation(
      trpc.devices.reject.mutationOptions({
        onError,
        onSuccess: (device) => done(t('rejected', { name: device.name }), device),
      }),
    ),
    restore: useMutation(
      trpc.devices.restore.mutationOptions({
        onError,
        onSuccess: (device) => done(t('restored', { name: device.name })),
      }),
    ),
    rename: useMutation(
      trpc.devices.rename.mutationOptions({
        onError,
        onSuccess: (device) => done(t('renamed', { name: device.name })),
      }),
    ),
    bindCertificate: useMutation(
      trpc.devices.bindCertificate.mutationOptions({
        onError,
        onSuccess: (device) =>
          done(t(device.certificate === null ? 'certificateRemoved' : 'certificateBound', { name: device.name })),
      }),
    ),
    setTimeZone: useMutation(
      trpc.devices.setTimeZone.mutationOptions({
        onError,
        onSuccess: (device) =>
          done(
            device.timeZone === null
              ? t('timeZoneRemoved', { name: device.name })
              : t('timeZoneSet', { name: device.name, zone: device.timeZone }),
          ),
      }),
    ),
    assign: useMutation(
      trpc.devices.assign.mutationOptions({
        onError,
        onSuccess: (device) => done(t('assigned', { name: device.name, site: device.siteName ?? '' })),
      }),
    ),
  };
}
