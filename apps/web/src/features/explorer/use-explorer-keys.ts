'use client';
import { type RefObject, useEffect, useRef } from 'react';
import { ROW_PX } from '@/features/explorer/table/event-table.tsx';
import type { Selection } from '@/features/explorer/use-selection.ts';
import { isTyping } from '@/features/shell/palette-events.ts';

interface ExplorerKeys {
  readonly selection: Selection;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly focusQuery: RefObject<(() => void) | null>;
  readonly refresh: () => void;
}

/** Keys of the page while no text field, menu or dialog has them. */
export function useExplorerKeys(keys: ExplorerKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) return;
      if (handle(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function handle(event: KeyboardEvent, { selection, grid, focusQuery, refresh }: ExplorerKeys): boolean {
  const { index } = selection;
  const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / ROW_PX) - 2);
  const inGrid = grid.current?.contains(event.target as Node) || event.target === document.body;
  switch (event.key) {
    case '/':
    case 'f':
      focusQuery.current?.();
      return true;
    case 'r':
      refresh();
      return true;
    case 'j':
      selection.move(index + 1);
      return true;
    case 'k':
      selection.move(index - 1);
      return true;
    case 'Escape':
      if (!selection.record) return false;
      selection.close();
      grid.current?.focus();
      return true;
  }
  if (!inGrid) return false;
  switch (event.key) {
    case 'ArrowDown':
      selection.move(index + 1);
      return true;
    case 'ArrowUp':
      selection.move(index - 1);
      return true;
    case 'PageDown':
      selection.move(index + page);
      return true;
    case 'PageUp':
      selection.move(index - page);
      return true;
    case 'Home':
      selection.move(0);
      return true;
    case 'End':
      selection.move(Number.MAX_SAFE_INTEGER);
      return true;
    case 'Enter':
      if (index < 0) return false;
      selection.open(index);
      return true;
    default:
      return false;
  }
}
