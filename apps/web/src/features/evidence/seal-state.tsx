'use client';
import { FileCheck2, Hourglass, PackageCheck, Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge.tsx';

type State = 'pending' | 'sealed' | 'stamped' | 'packed';

const LOOK: Record<State, { tone: Tone; icon: typeof Stamp }> = {
  pending: { tone: 'note', icon: Hourglass },
  sealed: { tone: 'ok', icon: FileCheck2 },
  stamped: { tone: 'ok', icon: Stamp },
  packed: { tone: 'ok', icon: PackageCheck },
};

export function SealState({ state }: { state: State }) {
  const t = useTranslations('evidence');
  const { tone, icon: Icon } = LOOK[state];
  return (
    <Badge tone={tone} data-testid="seal-state">
      <Icon aria-hidden />
      {t(`states.${state}`)}
    </Badge>
  );
}
