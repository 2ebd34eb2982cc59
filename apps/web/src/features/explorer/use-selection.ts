'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTRPC } from '@/components/trpc.ts';

export interface Selection {
  /** Row the keys are on, -1 for none. */
  readonly index: number;
  /** Record in the drawer. */
  readonly record: FlatEvent | null;
  /** Why the record that the URL names can't be shown. */
  readonly error: unknown;
  readonly move: (index: number) => void;
  readonly step: (by: 1 | -1) => void;
  readonly open: (index: number) => void;
  readonly close: () => void;
}

/**
 * The row the keys are on, and the record in the drawer. While the drawer is open the two go together. A record that
 * the URL names but the rows on screen don't have is asked of the server by its id.
 */
export function useSelection(
  rows: readonly FlatEvent[],
  recordId: string | null,
  openRecord: (id: string | null) => void,
): Selection {
  const [cursor, setCursor] = useState(-1);
  const openIndex = recordId === null ? -1 : rows.findIndex((row) => row['logmaster.record.id'] === recordId);
  const index = openIndex >= 0 ? openIndex : Math.min(cursor, rows.length - 1);
  const fetched = useQuery(
    useTRPC().search.record.queryOptions({ id: recordId ?? '' }, { enabled: recordId !== null && openIndex < 0 }),
  );
  const record = recordId === null ? null : (rows[openIndex] ?? fetched.data ?? null);

  const move = useCallback(
    (wanted: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, wanted));
      const row = rows[next];
      if (!row) return;
      setCursor(next);
      if (recordId !== null) openRecord(row['logmaster.record.id'] ?? null);
    },
    [rows, recordId, openRecord],
  );
  const open = useCallback(
    (at: number) => {
      setCursor(at);
      openRecord(rows[at]?.['logmaster.record.id'] ?? null);
    },
    [rows, openRecord],
  );
  const close = useCallback(() => openRecord(null), [openRecord]);
  const error = recordId !== null && record === null ? fetched.error : null;
  return { index, record, error, move, step: (by) => move(index + by), open, close };
}
