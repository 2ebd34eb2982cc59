'use client';
import { Play, RefreshCw, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useState } from 'react';
import { cn } from '@/components/cn.ts';
import { toFailure } from '@/components/errors.ts';
import { useTRPCClient } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import type { QueryFault } from '@/features/explorer/query/fault-mark.ts';
import { FaultMessage } from '@/features/explorer/query/fault-message.tsx';
import { TimePicker } from '@/features/explorer/time/time-picker.tsx';
import type { ExplorerState } from '@/features/explorer/use-explorer-state.ts';
import type { SearchInput } from '@/features/explorer/use-search.ts';

/** The editor is most of this page's code: it comes after the first paint. */
const QueryBox = dynamic(() => import('@/features/explorer/query/query-box.tsx'), {
  ssr: false,
  loading: () => <div className="h-[34px] flex-1" />,
});

interface QueryBarProps {
  state: ExplorerState;
  input: SearchInput;
  busy: boolean;
  error: unknown;
  focusRef: RefObject<(() => void) | null>;
}

/** What the server found wrong with the text that is still in the box. */
function serverFault(error: unknown): QueryFault | null {
  if (!error) return null;
  const { code, data, detail } = toFailure(error);
  if (code !== 'QUERY_SYNTAX' && code !== 'QUERY_TYPE') return null;
  return { code, from: Number(data.from ?? 0), to: Number(data.to ?? 0), message: detail ?? '' };
}

export function QueryBar({ state, input, busy, error, focusRef }: QueryBarProps) {
  const t = useTranslations('explorer');
  const client = useTRPCClient();
  const [draft, setDraft] = useState(state.query);
  const [fault, setFault] = useState<QueryFault | null>(null);
  useEffect(() => setDraft(state.query), [state.query]);
  useEffect(() => setFault(serverFault(error)), [error]);

  async function run() {
    // The grammar comes with the editor, after the first paint.
    const { diagnose } = await import('@logmaster/search/query/language');
    const found = diagnose(draft);
    setFault(found);
    if (!found) state.setQuery(draft);
  }
  return (
    <form
      className="border-b bg-surface px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className="flex flex-wrap items-start gap-2 sm:flex-nowrap">
        <div
          className={cn(
            'flex w-full min-w-0 items-start gap-2 rounded-md border border-line-strong/60 bg-surface pl-2.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent sm:w-auto sm:flex-1',
            fault && 'border-bad focus-within:border-bad focus-within:ring-bad',
          )}
        >
          <Search aria-hidden className="mt-[9px] size-4 shrink-0 text-faint" />
          <QueryBox
            value={draft}
            onChange={(value) => {
              setDraft(value);
              setFault(null);
            }}
            onRun={() => void run()}
            fault={fault}
            focusRef={focusRef}
            suggest={async (field, prefix, signal) => {
              const range = { from: input.from, to: input.to };
              return (await client.search.suggest.query({ ...range, field, prefix, size: 12 }, { signal })).values;
            }}
          />
        </div>
        <TimePicker range={state.range} resolved={state.resolved} onChange={state.setRange} />
        <Button type="submit" variant="primary" size="md" data-testid="run-query" className="max-sm:flex-1">
          {busy ? <Spinner className="text-accent-ink" /> : <Play />}
          {t('run')}
        </Button>
        <Button size="md" className="w-9 px-0" aria-label={t('refresh')} title={t('refresh')} onClick={state.refresh}>
          <RefreshCw />
        </Button>
      </div>
      {fault && <FaultMessage fault={fault} />}
    </form>
  );
}
