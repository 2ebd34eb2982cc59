import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { compileWording } from './wording.ts';

/** What a message means: `event.category`, `event.type`, `event.action` and, for logins, `event.outcome`. */
export type Kind = readonly [category: string, type: string, action: string, outcome?: 'success' | 'failure'];

/** Reads the text of one message into the draft. False: it is not worded so. */
export type TextReader = (text: string, draft: EventDraft) => boolean;

/** Gives a value that a wording names its field. */
export type SlotSetter = (draft: EventDraft, name: string, value: string) => void;

/** A maker of readers: each reads a message by its wordings, the first that fits, its values set by `setSlot`. */
export function createSays(setSlot: SlotSetter): (kind: Kind, ...templates: readonly string[]) => TextReader {
  return (kind, ...templates) => {
    const wordings = templates.map(compileWording);
    return (text, draft) => {
      const fits = wordings.some((wording) => wording.read(text, (name, value) => setSlot(draft, name, value)));
      if (fits) setKind(draft, ...kind);
      return fits;
    };
  };
}
