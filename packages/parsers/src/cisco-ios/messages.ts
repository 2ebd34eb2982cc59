import type { EventDraft } from '../event/draft.ts';

/** Reads the text of one mnemonic into the draft. False: not worded as Cisco documents it. */
export type IosReader = (text: string, draft: EventDraft) => boolean;

export const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

export function setKind(draft: EventDraft, category: string, type: string, action: string): void {
  draft.event['event.category'] = category;
  draft.event['event.type'] = type;
  draft.event['event.action'] = action.toLowerCase();
}
