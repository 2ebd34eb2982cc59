import type { EventDraft } from '../event/draft.ts';

/** Reads the text of one message id into the draft. False: the text isn't worded as Cisco documents it. */
export type MessageReader = (text: string, draft: EventDraft) => boolean;

export const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
/** `inside:10.1.1.5/51000`; interface names may hold anything but space and colon. */
export const ENDPOINT = String.raw`([^\s:]{1,64}):(${ADDRESS})(?:\/(\d{1,5}))?`;
/** Identity firewall: `(LOCAL\ayse)`, `(DOMAIN\ayse)` after an address. */
export const IDENTITY = String.raw`(?:\s?\(((?![\da-fA-F.:]{2,45}\/\d)[^(),]{1,128})\))?`;

/** `DOMAIN\ayse` → user.domain and user.name. LOCAL is the ASA's own user list. */
export function setUser(draft: EventDraft, account: string | undefined): void {
  if (account === undefined) return;
  const slash = account.indexOf('\\');
  if (slash > 0) draft.text('user.domain', account.slice(0, slash));
  draft.text('user.name', account.slice(slash + 1));
}

export function setKind(draft: EventDraft, category: string, type: string, action: string): void {
  draft.event['event.category'] = category;
  draft.event['event.type'] = type;
  draft.event['event.action'] = action.toLowerCase();
}
