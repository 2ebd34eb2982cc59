'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc.ts';

/** True when time-stamps come from the local TSA, which makes none that counts in law. */
export function useLocalStamp(): boolean {
  const signers = useQuery(useTRPC().evidence.signers.queryOptions(undefined, { staleTime: 300_000 }));
  return signers.data?.tsa.local === true;
}
