import type { FlatEvent } from '@logmaster/core/event/event';
import { labelKey } from './label-names.ts';

/** `_source` of a document: the event, but for what `encodeDocument` keeps in another form. */
export type StoredEvent = Readonly<Record<string, unknown>> & {
  /** Label name (label-names.ts) → value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels that are too long for the index. */
  readonly long_labels?: readonly { readonly key: string; readonly value: string }[];
  /** The message is the raw text from here on, UTF-16 units. */
  readonly message_start?: number;
};

/** The event of a document's `_source`. */
export function decodeEvent(source: StoredEvent): FlatEvent {
  const { labels, long_labels: long = [], message_start: start, ...fields } = source;
  const event = fields as FlatEvent;
  if (start !== undefined) event.message = event['event.original']?.slice(start) ?? '';
  if (labels === undefined) return event;
  event.labels = {};
  for (const [name, value] of Object.entries(labels)) {
    const key = labelKey(name);
    if (key !== undefined) setLabel(event.labels, key, value);
  }
  for (const { key, value } of long) setLabel(event.labels, key, value);
  return event;
}

function setLabel(labels: Record<string, string>, key: string, value: string): void {
  // defineProperty: a label may be called __proto__
  Object.defineProperty(labels, key, { value, enumerable: true, configurable: true, writable: true });
}
