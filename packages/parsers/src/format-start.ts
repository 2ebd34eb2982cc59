import type { EventDraft } from './event/draft.ts';
import type { VendorInput } from './vendor.ts';

/** How far a format's mark may stand from the message: behind a header with long names. */
const HEAD = 400;

/**
 * Position of a mark such as `CEF:` that begins the message, or −1. The header may have taken it for a tag
 * (`… fw01 CEF:0|…`) or for a word of an RFC 5424 header that was not finished, so that it is looked for from the start.
 */
export function findFormat({ text, messageAt }: VendorInput, mark: string): number {
  if (text.startsWith(mark, messageAt)) return messageAt;
  const at = text.slice(0, messageAt + HEAD).indexOf(mark);
  if (at <= 0) return at;
  const before = text[at - 1];
  return before === ' ' || before === '>' || before === '\t' || before === ':' ? at : -1;
}

/** Lets the message begin where the format does, and gives back what the header took of it. */
export function beginMessage({ text, messageAt, header }: VendorInput, draft: EventDraft, at: number): void {
  if (at === messageAt) return;
  draft.event.message = text.slice(at);
  if (header.appname !== undefined && text.startsWith(header.appname, at)) draft.drop('log.syslog.appname');
}
