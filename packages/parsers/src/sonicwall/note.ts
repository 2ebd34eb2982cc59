import type { EventDraft } from '../event/draft.ts';

/** Of message 1197: `Source: 198.51.100.40, 63130, Destination: 203.0.113.80, 8, Protocol: 1`. */
const MAPPING =
  /^Source: {0,2}([\da-fA-F.:]{2,45}), {0,2}(\d{1,5}), {0,2}Destination: {0,2}([\da-fA-F.:]{2,45}), {0,2}(\d{1,5})/;

/** `note=`: a translation's outside in NAT mappings, the reason in all other records. */
export function readNote(draft: EventDraft, note: string): void {
  const mapping = MAPPING.exec(note);
  if (!mapping) {
    draft.text('event.reason', note.trim());
    return;
  }
  draft.ip('source.nat.ip', mapping[1]);
  draft.port('source.nat.port', mapping[2]);
  draft.ip('destination.nat.ip', mapping[3]);
  draft.port('destination.nat.port', mapping[4]);
}
