'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { SealState } from '@/features/evidence/seal-state.tsx';
import { SegmentFacts } from '@/features/evidence/segment-facts.tsx';
import type { Seal } from '@/features/evidence/types.ts';
import { VerifyPanel } from '@/features/evidence/verify-panel.tsx';
import { DrawerSection } from '@/features/explorer/drawer/drawer-section.tsx';

/** How often an unsealed record is asked about again: segments close at the earliest after a minute. */
const PENDING_POLL_MS = 5_000;

/**
 * What is sealed stays sealed. Of two web nodes one may still see the archive as it was (NFS keeps what it read of a
 * folder for a while): its answer must not take away a proof that is on the screen.
 */
function keepSeal(before: Seal | undefined, now: Seal): Seal {
  return before?.segment && !now.segment ? before : now;
}

/** Where this record is sealed, and the proof on request. */
export function SealCard({ event }: { event: FlatEvent }) {
  const t = useTranslations('drawer');
  const recordId = event['logmaster.record.id'] ?? '';
  const receivedAt = event['logmaster.received_at'] ?? 0;
  const siteId = event['logmaster.site.id'] ?? 'unassigned';
  const seal = useQuery(
    useTRPC().evidence.sealOfRecord.queryOptions(
      { recordId, receivedAt, siteId },
      {
        refetchInterval: ({ state }) =>
          state.data?.state === 'pending' || state.data?.state === 'sealed' ? PENDING_POLL_MS : false,
        structuralSharing: (before, now) => keepSeal(before as Seal | undefined, now as Seal),
      },
    ),
  );
  return (
    <DrawerSection title={t('seal')} action={seal.data && <SealState state={seal.data.state} />}>
      <div className="grid gap-3 rounded-lg border p-3" data-testid="seal-card">
        {seal.isPending && <Skeleton className="h-16 w-full" />}
        {seal.error && <ErrorNote error={seal.error} retry={() => void seal.refetch()} />}
        {seal.data?.state === 'pending' && <p className="text-muted text-xs">{t('sealPending')}</p>}
        {seal.data?.segment && (
          <>
            <SegmentFacts segment={seal.data.segment} />
            <VerifyPanel
              folder={{
                siteId: seal.data.segment.siteId,
                day: seal.data.segment.day,
                node: seal.data.segment.node,
                ...(seal.data.segment.packed ? {} : { segment: seal.data.segment.segment }),
              }}
            />
          </>
        )}
      </div>
    </DrawerSection>
  );
}
