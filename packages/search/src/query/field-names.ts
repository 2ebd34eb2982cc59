import { FIELD_NAMES, isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import type { SearchField } from '../store.ts';

export function isSearchField(name: string): name is SearchField {
  return isFieldName(name) || (name.startsWith(LABEL_PREFIX) && name.length > LABEL_PREFIX.length);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** The field somebody may have meant, by spelling or by its last part (`port` → `source.port`). */
export function suggestField(name: string): SearchField | undefined {
  const wanted = name.toLowerCase();
  const byEnd = FIELD_NAMES.find((field) => field.endsWith(`.${wanted}`));
  if (byEnd) return byEnd;
  let best: SearchField | undefined;
  let least = Math.min(4, Math.ceil(wanted.length / 3) + 1);
  for (const field of FIELD_NAMES) {
    if (Math.abs(field.length - wanted.length) >= least) continue;
    const steps = distance(wanted, field.toLowerCase());
    if (steps < least) [best, least] = [field, steps];
  }
  return best;
}
