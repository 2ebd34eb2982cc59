'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { Minus, Plus, Target } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { DrawerSection } from '@/features/explorer/drawer/drawer-section.tsx';
import { groupFields, type ShownField } from '@/features/explorer/drawer/field-groups.ts';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import type { FilterMode } from '@/features/explorer/query/filters.ts';
import { formatIso } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';

interface FieldListProps {
  event: FlatEvent;
  onFilter: (field: string, value: string, mode: FilterMode) => void;
}

export function FieldList({ event, onFilter }: FieldListProps) {
  const t = useTranslations('drawer');
  return groupFields(event).map(({ group, fields }) => (
    <DrawerSection key={group} title={t(`groups.${group}`)}>
      <dl className="grid">
        {fields.map((field) => (
          <FieldLine key={field.name} field={field} onFilter={onFilter} />
        ))}
      </dl>
    </DrawerSection>
  ));
}

const MODES = [
  ['include', Plus],
  ['exclude', Minus],
  ['only', Target],
] as const;

function FieldLine({ field, onFilter }: { field: ShownField; onFilter: FieldListProps['onFilter'] }) {
  const t = useTranslations('facets');
  const zone = useZone();
  const isDate = field.type === 'date';
  const text = isDate ? formatIso(Number(field.value) / 1000, zone) : String(field.value);
  return (
    <div className="group relative -mx-2 grid grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)] gap-2 rounded px-2 py-1 text-xs hover:bg-hover">
      <dt className="truncate font-mono text-muted" title={field.name}>
        {field.name}
      </dt>
      <dd className="nums break-words">
        <VisibleText text={text} />
        <span className="absolute top-0 right-1 flex rounded bg-hover opacity-0 focus-within:opacity-100 group-hover:opacity-100">
          {!isDate &&
            MODES.map(([mode, Icon]) => (
              <Button
                key={mode}
                variant="ghost"
                size="icon-xs"
                aria-label={t(mode, { value: text })}
                title={t(mode, { value: text })}
                onClick={() => onFilter(field.name, String(field.value), mode)}
              >
                <Icon />
              </Button>
            ))}
          <CopyButton value={text} label={field.name} />
        </span>
      </dd>
    </div>
  );
}
