'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { acceptNumber, usePersisted } from '@/components/use-persisted.ts';
import { useResize } from '@/components/use-resize.ts';
import { FieldList } from '@/features/explorer/drawer/field-list.tsx';
import { RawLine } from '@/features/explorer/drawer/raw-line.tsx';
import { SealCard } from '@/features/explorer/drawer/seal-card.tsx';
import { TimesCard } from '@/features/explorer/drawer/times-card.tsx';
import type { FilterMode } from '@/features/explorer/query/filters.ts';
import { EventPill } from '@/features/explorer/table/event-pill.tsx';

const MIN = 320;
const MAX = 760;
const acceptWidth = acceptNumber(MIN, MAX);

interface RecordDrawerProps {
  event: FlatEvent;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  onFilter: (field: string, value: string, mode: FilterMode) => void;
}

/** Beside the table, never over it: the chosen row stays in sight. On narrow screens it takes the whole page. */
export function RecordDrawer({ event, onClose, onStep, onFilter }: RecordDrawerProps) {
  const t = useTranslations('drawer');
  const [width, setWidth] = usePersisted('drawer', acceptWidth, 440);
  const resize = useResize({ size: width, min: MIN, max: MAX, direction: -1, onChange: setWidth });
  const id = event['logmaster.record.id'] ?? '';
  return (
    <aside
      aria-label={t('label')}
      data-testid="drawer"
      className="fixed inset-0 z-30 flex flex-col border-l bg-surface max-md:w-full! md:relative md:inset-auto md:z-auto md:max-w-[55vw] md:shrink-0"
      style={{ width }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget; <hr> is not */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t('resize')}
        aria-valuenow={width}
        aria-valuemin={MIN}
        aria-valuemax={MAX}
        tabIndex={0}
        {...resize}
        className="absolute inset-y-0 -left-1 z-10 hidden w-2 cursor-col-resize touch-none hover:bg-accent/30 md:block"
      />
      <header className="flex h-11 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <EventPill type={event['event.type']} action={event['event.action']} />
        <span className="ml-auto" />
        <Button
          variant="ghost"
          size="icon-xs"
          aria-label={t('previous')}
          title={t('previous')}
          onClick={() => onStep(-1)}
        >
          <ChevronUp />
        </Button>
        <Button variant="ghost" size="icon-xs" aria-label={t('next')} title={t('next')} onClick={() => onStep(1)}>
          <ChevronDown />
        </Button>
        <Button variant="ghost" size="icon-xs" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <X />
        </Button>
      </header>
      <div className="scroll-slim min-h-0 flex-1 overflow-y-auto">
        <div className="grid gap-4 p-4">
          <p className="flex items-center gap-1 text-muted text-xs">
            {t('recordId')} <code className="min-w-0 truncate font-mono text-ink">{id}</code>
            <CopyButton value={id} label={t('recordId')} />
          </p>
          <RawLine text={event['event.original'] ?? ''} />
          <SealCard key={id} event={event} />
          <TimesCard event={event} />
          <FieldList event={event} onFilter={onFilter} />
        </div>
      </div>
    </aside>
  );
}
