'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc.ts';
import type { SiteChoice } from '@/features/devices/site-picker.tsx';
import { useZone } from '@/i18n/use-formats.ts';

/** Id of the chosen site, which is made first where it is a new one. */
export function useResolveSite() {
  const create = useMutation(useTRPC().sites.create.mutationOptions());
  const timeZone = useZone();
  return {
    error: create.error,
    resolve: async (choice: SiteChoice): Promise<string> =>
      choice.kind === 'existing' ? choice.id : (await create.mutateAsync({ name: choice.name, timeZone })).id,
  };
}
