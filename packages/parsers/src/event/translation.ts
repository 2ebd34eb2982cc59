import type { EventDraft } from './draft.ts';

/** A translated address and port that are the original ones mean that nothing was translated. */
export function dropUntranslated(draft: EventDraft): void {
  const { event } = draft;
  for (const side of ['source', 'destination'] as const) {
    const natPort = event[`${side}.nat.port`];
    if (event[`${side}.nat.ip`] === undefined) draft.drop(`${side}.nat.port`);
    if (event[`${side}.nat.ip`] !== event[`${side}.ip`]) continue;
    if (natPort !== undefined && natPort !== event[`${side}.port`]) continue;
    draft.drop(`${side}.nat.ip`);
    draft.drop(`${side}.nat.port`);
  }
}
