import { createHash } from 'node:crypto';
import { AppError } from '@logmaster/core/errors';
import type { Micros } from '@logmaster/core/time';
import type { SearchQuery } from '../store.ts';

/** The last row of a page: the next page begins right after it. */
export interface Cursor {
  readonly timestamp: Micros;
  readonly recordId: string;
}

/** Ties a cursor to its query. The scope is not part of it: it is applied to every page anew. */
function fingerprint({ text, from, to }: SearchQuery): string {
  return createHash('sha256')
    .update(JSON.stringify([text, from ?? null, to ?? null]))
    .digest('base64url')
    .slice(0, 8);
}

/** Opaque text, safe in URLs. */
export function encodeCursor(cursor: Cursor, query: SearchQuery): string {
  return Buffer.from(`${fingerprint(query)} ${cursor.timestamp} ${cursor.recordId}`).toString('base64url');
}

/** Throws INVALID_CURSOR for anything `encodeCursor` did not make for this query. */
export function decodeCursor(text: string, query: SearchQuery): Cursor {
  const match = /^([\w-]{8}) (-?\d{1,16}) ([a-z0-9.-]{1,120})$/.exec(Buffer.from(text, 'base64url').toString());
  if (!match || match[1] !== fingerprint(query)) throw new AppError('INVALID_CURSOR');
  return { timestamp: Number(match[2]), recordId: match[3] as string };
}
