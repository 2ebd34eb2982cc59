import type { FieldName } from '@logmaster/core/event/fields';
import { canonicalIp } from '../values/ip.ts';
import { readTransport } from '../values/transport.ts';
import { type EventDraft, type IpField, isPresent, type NumberField, type TextField } from './draft.ts';

/** Puts a vendor's value where it belongs in the event. Tables of fields map the vendor's names to these. */
export type Setter = (draft: EventDraft, value: string) => void;
export type FieldTable = ReadonlyMap<string, Setter>;

export const text =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.text(field, value);

export const lower =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.lower(field, value);

export const ip =
  (field: IpField): Setter =>
  (draft, value) =>
    draft.ip(field, value);

export const mac =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.mac(field, value);

export const port =
  (field: NumberField): Setter =>
  (draft, value) =>
    draft.port(field, value);

export const long =
  (field: NumberField): Setter =>
  (draft, value) =>
    draft.long(field, value);

export const label =
  (name: string): Setter =>
  (draft, value) =>
    draft.label(name, value);

/** For names that mean the same in different records: the first one in the record wins. */
export const first =
  (field: FieldName, set: Setter): Setter =>
  (draft, value) => {
    if (draft.event[field] === undefined) set(draft, value);
  };

/** Words by which a vendor says that there is nothing, besides those that every draft knows. */
export const unless =
  (words: ReadonlySet<string>, set: Setter): Setter =>
  (draft, value) => {
    if (!words.has(value)) set(draft, value);
  };

/** An address where vendors put names too: a name is no error. */
export const ipOrName =
  (field: IpField, nameField: TextField): Setter =>
  (draft, value) => {
    if (canonicalIp(value) === undefined) draft.text(nameField, value);
    else draft.ip(field, value);
  };

/** A country by its name or, in two letters, by its code. */
export const country =
  (side: 'source' | 'destination'): Setter =>
  (draft, value) => {
    if (/^[A-Za-z]{2}$/.test(value)) draft.text(`${side}.geo.country_iso_code`, value.toUpperCase());
    else draft.text(`${side}.geo.country_name`, value);
  };

/** `tcp`, `6`, `tcp/https`; another device's word for something else is a label, not an error. */
export function lenientTransport(draft: EventDraft, value: string): void {
  const slash = value.indexOf('/');
  const word = slash < 0 ? value : value.slice(0, slash);
  if (readTransport(word).number === undefined) draft.label('protocol', value);
  else draft.transport(word);
}

/** `DOMAIN\ayse` → user.domain and user.name. */
export function account(draft: EventDraft, value: string): void {
  if (!isPresent(value)) return;
  const slash = value.indexOf('\\');
  if (slash > 0 && slash < value.length - 1) draft.text('user.domain', value.slice(0, slash));
  draft.text('user.name', value.slice(slash + 1));
}

/** Rows of a table for several names that mean the same. */
export function named(names: string, set: Setter): readonly (readonly [string, Setter])[] {
  return names.split(' ').map((name) => [name, set] as const);
}
