import type { EventDraft } from '../event/draft.ts';
import { type JsonObject, textOf } from '../json-object/json-object.ts';
import { exactMicros } from '../time/exact-time.ts';

/** When a flow began and, where it is over, ended: `start` and `end` of `flow` and `netflow`. */
export function setPeriod(draft: EventDraft, flow: JsonObject): void {
  const start = exactMicros(textOf(flow, 'start'));
  const end = exactMicros(textOf(flow, 'end'));
  if (start === undefined) return;
  draft.event['event.start'] = start;
  if (end === undefined || end < start) return;
  draft.event['event.end'] = end;
  draft.duration((end - start) * 1000);
}
