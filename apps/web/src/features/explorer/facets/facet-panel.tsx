'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { acceptStrings, usePersisted } from '@/components/use-persisted.ts';
import { FacetValues } from '@/features/explorer/facets/facet-values.tsx';
import { FACET_GROUPS } from '@/features/explorer/fields.ts';
import type { FilterMode } from '@/features/explorer/query/filters.ts';
import type { SearchInput } from '@/features/explorer/use-search.ts';

/** Open at the first visit: the question everybody has, and who is asking it. */
const OPEN_AT_FIRST = ['what', 'event.type', 'who', 'source.ip', 'device', 'observer.name'];

interface FacetPanelProps {
  input: SearchInput;
  ready: boolean;
  onFilter: (field: string, value: string, mode: FilterMode | 'clear') => void;
}

/** Fields in groups. Nothing is asked of the server for a field until it is open, and the rows have come. */
export function FacetPanel({ input, ready, onFilter }: FacetPanelProps) {
  const t = useTranslations('facets');
  const [open, setOpen] = usePersisted('facets', acceptStrings, OPEN_AT_FIRST);
  const toggle = (name: string) => setOpen(open.includes(name) ? open.filter((one) => one !== name) : [...open, name]);
  return (
    <section aria-label={t('label')} data-testid="facets" className="scroll-slim h-full overflow-y-auto py-1.5">
      {FACET_GROUPS.map((group) => (
        <div key={group.name} className="px-1.5 py-0.5">
          <Toggle open={open.includes(group.name)} onToggle={() => toggle(group.name)} className="font-semibold">
            {t(`groups.${group.name}`)}
          </Toggle>
          {open.includes(group.name) &&
            group.fields.map((field) => (
              <div key={field} className="pl-3">
                <Toggle
                  open={open.includes(field)}
                  onToggle={() => toggle(field)}
                  className="font-mono text-muted text-xs"
                >
                  {field}
                </Toggle>
                {open.includes(field) && <FacetValues field={field} input={input} ready={ready} onFilter={onFilter} />}
              </div>
            ))}
        </div>
      ))}
      <p className="px-3 pt-2 pb-1 text-2xs text-faint">{t('hint')}</p>
    </section>
  );
}

interface ToggleProps {
  open: boolean;
  onToggle: () => void;
  className: string;
  children: string;
}

function Toggle({ open, onToggle, className, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className={cn(
        'flex h-7 w-full items-center gap-1 rounded-md px-1 text-left text-[0.8125rem] hover:bg-hover',
        className,
      )}
    >
      <ChevronRight
        aria-hidden
        className={cn('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
      />
      <span className="truncate">{children}</span>
    </button>
  );
}
