import { EVENT_FIELDS, type FieldType, isFieldName } from '@logmaster/core/event/fields';
import type { Micros } from '@logmaster/core/time';
import type { SearchField } from '../store.ts';

/** Labels are keywords. */
export function fieldType(field: SearchField): FieldType {
  return isFieldName(field) ? EVENT_FIELDS[field].type : 'keyword';
}

/** Safe integer, or undefined. */
export function parseLong(text: string): number | undefined {
  if (!/^[+-]?\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

const DATE =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d:\d\d)?)?)?$/;

/**
 * The stretch of time a date names, `[from, to)` in µs: `2026-11` a month, `2026-11-23` a day, `…T10:30` a minute, with
 * a fraction that µs. UTC unless an offset is written. Undefined when it is no date.
 */
export function parseDate(text: string): { readonly from: Micros; readonly to: Micros } | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const iso = `${year}-${month}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const base = Date.parse(`${iso}${offset?.toUpperCase() ?? 'Z'}`);
  // Date.parse rolls 31 February over instead of refusing it
  const rolled = new Date(Date.parse(`${iso}Z`));
  if (Number.isNaN(base) || Number.isNaN(rolled.getTime()) || rolled.toISOString().slice(0, 19) !== iso)
    return undefined;
  const from = base * 1000 + Number((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  if (fraction !== undefined) return { from, to: from + 10 ** Math.max(0, 6 - fraction.length) };
  if (second !== undefined) return { from, to: from + 1_000_000 };
  if (minute !== undefined) return { from, to: from + 60_000_000 };
  if (day !== undefined) return { from, to: from + 86_400_000_000 };
  return { from, to: Date.UTC(Number(year), Number(month), 1) * 1000 };
}
