import type { PipelineState } from '@logmaster/core/api/health';
import { useTranslations } from 'next-intl';
import { IdentityCard } from '@/features/health/identity-card.tsx';
import { useDropReason } from '@/features/health/use-drop-reason.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** Broken ones that are named on the page. */
const NAMED = 8;

/** The two identities of the node, and what the check over all senders, sockets and streams has found. */
export function Identities({ pipeline }: { pipeline: PipelineState }) {
  const t = useTranslations('health');
  const { number } = useFormats();
  const reasonOf = useDropReason();
  const { seen, journaled, indexed, quarantined, pending, dropped } = pipeline;
  const { broken, breaks, watched } = pipeline.identities;
  const droppedSum = Object.values(dropped).reduce((all, one) => all + one, 0);
  const named = broken
    .slice(0, NAMED)
    .map(({ identity, of, difference }) =>
      t('brokenLine', { identity: t(`identityNames.${identity}`), of, difference: number(difference) }),
    );
  return (
    <div className="grid gap-3 lg:grid-cols-2 xl:grid-cols-3">
      <IdentityCard
        title={t('seenTitle')}
        holds={seen === journaled + droppedSum && broken.every(({ identity }) => identity === 'indexed')}
        text={t('seenText', { seen: number(seen), journaled: number(journaled), dropped: number(droppedSum) })}
        details={Object.entries(dropped).map(([reason, count]) =>
          t('droppedBecause', { reason: reasonOf(reason), count: number(count) }),
        )}
      />
      <IdentityCard
        title={t('journaledTitle')}
        holds={journaled === indexed + quarantined + pending && broken.every(({ identity }) => identity !== 'indexed')}
        text={t('journaledText', {
          journaled: number(journaled),
          indexed: number(indexed),
          quarantined: number(quarantined),
          pending: number(pending),
        })}
      />
      <IdentityCard
        title={t('watchTitle')}
        holds={broken.length === 0}
        text={t('watchText', { count: watched, formatted: number(watched) })}
        details={[
          breaks === 0 ? t('neverBroken') : t('breaks', { count: breaks, formatted: number(breaks) }),
          ...named,
          ...(broken.length > NAMED ? [t('moreBroken', { count: number(broken.length - NAMED) })] : []),
        ]}
      />
    </div>
  );
}
