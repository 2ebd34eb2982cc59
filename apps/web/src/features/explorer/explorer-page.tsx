'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useRef } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { toFailure } from '@/components/errors.ts';
import { Button } from '@/components/ui/button.tsx';
import { useMedia } from '@/components/use-media.ts';
import { acceptBoolean, usePersisted } from '@/components/use-persisted.ts';
import { RecordDrawer } from '@/features/explorer/drawer/record-drawer.tsx';
import { FacetPanel } from '@/features/explorer/facets/facet-panel.tsx';
import { FacetSidebar } from '@/features/explorer/facets/facet-sidebar.tsx';
import { HistogramStrip } from '@/features/explorer/histogram/histogram-strip.tsx';
import { type FilterMode, withFilter, withoutFilter } from '@/features/explorer/query/filters.ts';
import { QueryBar } from '@/features/explorer/query/query-bar.tsx';
import { ShedNote } from '@/features/explorer/shed-note.tsx';
import { acceptColumns, DEFAULT_COLUMNS } from '@/features/explorer/table/columns.ts';
import { EventTable } from '@/features/explorer/table/event-table.tsx';
import { NoRecords } from '@/features/explorer/table/no-records.tsx';
import { Toolbar } from '@/features/explorer/table/toolbar.tsx';
import { useExplorerKeys } from '@/features/explorer/use-explorer-keys.ts';
import { useExplorerState } from '@/features/explorer/use-explorer-state.ts';
import { useSearch } from '@/features/explorer/use-search.ts';
import { useSelection } from '@/features/explorer/use-selection.ts';

export function ExplorerPage() {
  const t = useTranslations('explorer');
  const state = useExplorerState();
  const search = useSearch(state.query, state.resolved);
  const selection = useSelection(search.rows, state.recordId, state.openRecord);
  const [columns, setColumns] = usePersisted('columns', acceptColumns, [...DEFAULT_COLUMNS]);
  const wide = useMedia('(min-width: 1024px)');
  const [facetsWanted, setFacetsWanted] = usePersisted<boolean | null>('facets-shown', acceptBoolean, null);
  const roomy = useMedia('(min-width: 1400px)');
  const facetsShown = facetsWanted ?? (wide && (roomy || !selection.record));
  const grid = useRef<HTMLDivElement>(null);
  const focusQuery = useRef<(() => void) | null>(null);
  useExplorerKeys({ selection, grid, focusQuery, refresh: state.refresh });

  const { query, setQuery } = state;
  const filter = useCallback(
    (field: string, value: string, mode: FilterMode | 'clear') =>
      setQuery(mode === 'clear' ? withoutFilter(query, field, value) : withFilter(query, field, value, mode)),
    [query, setQuery],
  );
  const { fetchNextPage } = search.page;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const failure = useMemo(() => (search.page.error ? toFailure(search.page.error).code : null), [search.page.error]);
  const inQuery = failure === 'QUERY_SYNTAX' || failure === 'QUERY_TYPE';
  const empty = search.page.isSuccess && search.rows.length === 0;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">{t('title')}</h1>
      <QueryBar
        state={state}
        input={search.input}
        busy={search.page.isFetching && !search.page.isFetchingNextPage}
        error={search.page.error}
        focusRef={focusQuery}
      />
      <HistogramStrip search={search} state={state} onFilter={filter} />
      <div className="flex min-h-0 flex-1">
        {facetsShown && (
          <FacetSidebar onClose={() => setFacetsWanted(false)}>
            <FacetPanel input={search.input} ready={search.facetsReady} onFilter={filter} />
          </FacetSidebar>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <Toolbar
            search={search}
            resolved={state.resolved}
            columns={columns}
            onColumns={setColumns}
            facetsShown={facetsShown}
            onFacets={() => setFacetsWanted(!facetsShown)}
          />
          <ShedNote notices={search.notices} />
          {search.page.error && !inQuery && (
            <div className="p-3">
              <ErrorNote error={search.page.error} retry={state.refresh} />
            </div>
          )}
          {Boolean(selection.error) && (
            <div className="flex items-center gap-2 p-3">
              <div className="min-w-0 flex-1">
                <ErrorNote error={selection.error} text={t('gone')} />
              </div>
              <Button variant="ghost" size="icon" aria-label={t('dismiss')} onClick={selection.close}>
                <X />
              </Button>
            </div>
          )}
          {empty ? (
            <NoRecords state={state} />
          ) : (
            <EventTable
              rows={search.rows}
              columns={columns}
              onColumns={setColumns}
              current={selection.index}
              onOpen={selection.open}
              total={search.count.data?.value}
              stale={search.stale}
              hasMore={search.page.hasNextPage && !search.page.isError}
              fetchingMore={search.page.isFetchingNextPage}
              onMore={more}
              gridRef={grid}
            />
          )}
        </div>
        {selection.record && (
          <RecordDrawer event={selection.record} onClose={selection.close} onStep={selection.step} onFilter={filter} />
        )}
      </div>
    </div>
  );
}
