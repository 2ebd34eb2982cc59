import type { EventDraft } from './draft.ts';

/** ECS category and type, the vendor's action put into lower case, and the outcome where the record tells one. */
export function setKind(
  draft: EventDraft,
  category: string,
  type: string,
  action: string,
  outcome?: 'success' | 'failure',
): void {
  const { event } = draft;
  event['event.category'] = category;
  event['event.type'] = type;
  event['event.action'] = action.toLowerCase();
  if (outcome !== undefined) event['event.outcome'] = outcome;
}

/** A sign-in that succeeded, or its end. */
export function setSignIn(draft: EventDraft, begins: boolean): void {
  if (begins) setKind(draft, 'authentication', 'start', 'login', 'success');
  else setKind(draft, 'authentication', 'end', 'logout');
}
