import { microsToRfc3339 } from '@logmaster/core/time';
import { fieldType } from '../query/values.ts';
import type { SearchField, TopValues } from '../store.ts';

/** A grouped value as people write it: dates in RFC 3339, the rest as it is. */
export function valueText(field: SearchField, value: string | number): string {
  return fieldType(field) === 'date' ? microsToRfc3339(Number(value)) : String(value);
}

type CountedValue = TopValues['values'][number];

/** Most frequent first, then by text. */
export function byFrequency(a: CountedValue, b: CountedValue): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
