import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, FIELD_NAMES, type FieldGroup, type FieldType } from '@logmaster/core/event/fields';

export interface ShownField {
  readonly name: string;
  readonly value: string | number;
  readonly type: FieldType;
}

export const GROUP_ORDER = [
  'what',
  'who',
  'where',
  'nat',
  'rule',
  'web',
  'device',
  'time',
  'syslog',
  'logmaster',
  'labels',
] as const satisfies readonly (FieldGroup | 'labels')[];

/** The raw line is shown above the list; many messages are a part of it, and saying it twice hides the rest. */
function shownAbove(event: FlatEvent, name: string): boolean {
  if (name === 'event.original') return true;
  return name === 'message' && Boolean(event.message && event['event.original']?.includes(event.message));
}

/** Fields that the record has, in groups and in the order of the field table; labels by name at the end. */
export function groupFields(event: FlatEvent): { group: (typeof GROUP_ORDER)[number]; fields: ShownField[] }[] {
  const labels = Object.entries(event.labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ name: `labels.${key}`, value, type: 'keyword' as const }));
  return GROUP_ORDER.map((group) => ({
    group,
    fields:
      group === 'labels'
        ? labels
        : FIELD_NAMES.flatMap((name): ShownField[] => {
            const value = event[name];
            const { group: own, type } = EVENT_FIELDS[name];
            return own !== group || value === undefined || shownAbove(event, name) ? [] : [{ name, value, type }];
          }),
  })).filter(({ fields }) => fields.length > 0);
}
