import type { ParserAssignment } from '@logmaster/core/custom-parsers/definition';
import { EVENT_FIELDS, isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import type { EventDraft, IpField, NumberField, TextField } from '../event/draft.ts';

/** Writes one captured text into an event. What does not fit its field is noted in the draft. */
export type Assign = (draft: EventDraft, value: string) => void;

const NANOS = { seconds: 1e9, milliseconds: 1e6, microseconds: 1e3, nanoseconds: 1 } as const;
const DECIMAL = /^\d{1,16}(?:\.\d{1,9})?$/;

/** `to` is a target (`isTarget`): an event field, or `labels.NAME`. */
export function compileTarget(to: string): Assign {
  if (to.startsWith(LABEL_PREFIX)) {
    const label = to.slice(LABEL_PREFIX.length);
    return (draft, value) => draft.label(label, value);
  }
  if (!isFieldName(to)) throw new Error(`${to} is no field`);
  if (to === 'event.duration') return duration('seconds');
  if (to === 'network.transport') return (draft, value) => draft.transport(value);
  // The type of the field is known by its definition, which the compiler can't follow.
  if (EVENT_FIELDS[to].type === 'ip') return (draft, value) => draft.ip(to as IpField, value);
  if (to.endsWith('.port')) return (draft, value) => draft.port(to as NumberField, value);
  if (EVENT_FIELDS[to].type === 'long') return (draft, value) => draft.long(to as NumberField, value);
  if (to.endsWith('.mac')) return (draft, value) => draft.mac(to as TextField, value);
  return (draft, value) => draft.text(to as TextField, value);
}

export function compileAssignment({ to, lower, table, otherwise, constant, unit }: ParserAssignment): Assign {
  const write = to === 'event.duration' && unit !== undefined ? duration(unit) : compileTarget(to);
  if (constant !== undefined) return (draft) => write(draft, constant);
  const known = table && new Map(Object.entries(table));
  return (draft, value) => {
    const given = lower ? value.toLowerCase() : value;
    const found = known?.get(given);
    if (found !== undefined) write(draft, found);
    else if (known === undefined || otherwise === undefined) write(draft, given);
    else if (otherwise !== null) write(draft, otherwise);
  };
}

function duration(unit: keyof typeof NANOS): Assign {
  return (draft, value) => {
    const nanos = DECIMAL.test(value) ? Math.round(Number(value) * NANOS[unit]) : Number.NaN;
    draft.duration(Number.isSafeInteger(nanos) ? nanos : undefined);
  };
}
