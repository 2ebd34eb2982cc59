import { AppError } from '@logmaster/core/errors';
import { isSearchField, suggestField } from '../query/field-names.ts';
import type { SearchField } from '../store.ts';

/** Records of a page and values of a list, at most. Engines read one more to know whether there is a next page. */
export const MAX_PAGE = 10_000;

/** The page size asked for, as a whole number. Throws INVALID_INPUT beyond 1 … MAX_PAGE. */
export function pageSize(asked: number): number {
  const size = Math.trunc(asked);
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw new AppError('INVALID_INPUT', { detail: `a page has 1 to ${MAX_PAGE} records` });
}

/** How many values a list may have: what was asked for, brought into 0 … MAX_PAGE. */
export function listSize(asked: number): number {
  return Math.min(Math.max(Math.trunc(asked), 0), MAX_PAGE);
}

/** Throws INVALID_INPUT for a field that is grouped by and does not exist. */
export function expectField(field: SearchField): void {
  if (isSearchField(field)) return;
  const meant = suggestField(field);
  throw new AppError('INVALID_INPUT', {
    detail: `there is no field “${field}”${meant ? `; did you mean ${meant}?` : ''}`,
  });
}
