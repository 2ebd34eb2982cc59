import type { EventDraft } from './draft.ts';

/** A translated address and port that are the original ones mean that nothing was translated. */
export function dropUntranslated({ event }: EventDraft): void {
  for (const side of ['source', 'destination'] as const) {
    const natPort = event[`${side}.nat.port`];
    if (event[`${side}.nat.ip`] === undefined) delete event[`${side}.nat.port`];
    if (event[`${side}.nat.ip`] !== event[`${side}.ip`]) continue;
    if (natPort !== undefined && natPort !== event[`${side}.port`]) continue;
    delete event[`${side}.nat.ip`];
    delete event[`${side}.nat.port`];
  }
}
