import type { FlatEvent } from '@logmaster/core/event/event';
import { LABEL_PREFIX } from '@logmaster/core/event/fields';
import { fold, foldSource } from '../query/fold.ts';
import type { SearchField } from '../store.ts';

/** What stands in place of a hidden value. No letter or digit is in it: it separates words. */
export const HIDDEN = '•••';

/** Undefined where the event has no such field or label. */
export function readField(event: FlatEvent, field: SearchField): string | number | undefined {
  if (!field.startsWith(LABEL_PREFIX)) return event[field as keyof FlatEvent] as string | number | undefined;
  const key = field.slice(LABEL_PREFIX.length);
  return event.labels && Object.hasOwn(event.labels, key) ? event.labels[key] : undefined;
}

/**
 * The event without its masked fields, their values hidden in `message` and `event.original` (invariant 6). Every
 * occurrence of the value is replaced, whatever its case. A value that can't be found in the raw text (a sum, a
 * converted time, a rewritten name) may stand there in a form nobody knows, so then the whole text is hidden.
 */
export function maskEvent(event: FlatEvent, masked: readonly SearchField[]): FlatEvent {
  if (masked.length === 0) return event;
  const values = masked
    .filter((field) => field !== 'message' && field !== 'event.original')
    .map((field) => readField(event, field))
    .filter((value) => value !== undefined && value !== '')
    .map((value) => fold(String(value)))
    .sort((a, b) => b.length - a.length);
  const { 'event.original': original, message } = event;
  const shown: FlatEvent = { ...event };
  const known = values.every((value) => original !== undefined && new RegExp(foldSource(value), 'u').test(original));
  const pattern = values.length > 0 ? new RegExp(values.map(foldSource).join('|'), 'gu') : undefined;
  const hide = (text: string) => (known ? (pattern ? text.replace(pattern, HIDDEN) : text) : HIDDEN);
  if (original !== undefined) shown['event.original'] = hide(original);
  if (message !== undefined) shown.message = hide(message);
  for (const field of masked) {
    if (!field.startsWith(LABEL_PREFIX)) delete shown[field as keyof FlatEvent];
    else if (shown.labels) {
      const { [field.slice(LABEL_PREFIX.length)]: _, ...others } = shown.labels;
      shown.labels = others;
    }
  }
  return shown;
}
