import type { FlatEvent } from '@logmaster/core/event/event';
import { clauseOf } from '../query/filters.ts';
import { formatRange } from '../time/range.ts';

/** How far around a record its neighbours are looked for, ms. */
const AROUND_MS = 120_000;

/** The explorer with what the same sender sent around a record, the record still open. Null without a sender. */
export function neighboursPath(event: FlatEvent): string | null {
  const address = event['log.source.address'];
  const at = event['@timestamp'];
  if (address === undefined || at === undefined) return null;
  const ms = Math.floor(at / 1000);
  const parameters = new URLSearchParams({
    q: clauseOf('log.source.address', address),
    t: formatRange({ kind: 'absolute', from: ms - AROUND_MS, to: ms + AROUND_MS }),
    r: event['logmaster.record.id'] ?? '',
  });
  return `/explorer?${parameters}`;
}
