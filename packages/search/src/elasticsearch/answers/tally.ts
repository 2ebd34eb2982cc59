import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { readField } from '../../answers/masked-event.ts';
import type { SearchField } from '../../store.ts';

/** Text that counted values may hold, UTF-16 units. */
const MOST_TEXT = 64 * 1_048_576;

/** Values of a field in events that are counted here and not by the index. */
export class Tally {
  readonly counts = new Map<string | number, number>();
  missing = 0;
  readonly #field: SearchField;
  #text = 0;

  constructor(field: SearchField) {
    this.#field = field;
  }

  /** Throws SEARCH_UNAVAILABLE when the values no longer fit into memory. */
  add(event: FlatEvent): void {
    const value = readField(event, this.#field);
    if (value === undefined) {
      this.missing++;
      return;
    }
    const before = this.counts.get(value);
    this.counts.set(value, (before ?? 0) + 1);
    if (before === undefined) this.#text += String(value).length;
    if (this.#text <= MOST_TEXT) return;
    throw new AppError('SEARCH_UNAVAILABLE', {
      detail: 'the values need more memory than they may use; narrow the search',
    });
  }

  /** Events that have the field. */
  get present(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
