import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS } from '@logmaster/core/event/fields';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import { type ColumnId, deviceOf, endpoint, isComposed, timeOf } from '@/features/explorer/table/columns.ts';
import { EventPill } from '@/features/explorer/table/event-pill.tsx';
import { formatStamp } from '@/i18n/format.ts';

/** A line of a table shows this much of a message; the rest is in the drawer. */
const MAX_CELL_CHARACTERS = 400;

export function cellText(event: FlatEvent, id: ColumnId, zone: string): string {
  if (!isComposed(id)) {
    const value = event[id];
    if (value === undefined) return '';
    return EVENT_FIELDS[id].type === 'date' ? formatStamp(Number(value) / 1000, zone) : String(value);
  }
  switch (id) {
    case 'time':
      return formatStamp(timeOf(event), zone);
    case 'device':
      return deviceOf(event);
    case 'type':
      return [event['event.type'], event['event.action']].filter(Boolean).join(' ');
    case 'source':
      return (
        endpoint(event['source.ip'], event['source.port']) || (event['source.domain'] ?? event['source.mac'] ?? '')
      );
    case 'nat':
      return endpoint(event['source.nat.ip'], event['source.nat.port']);
    case 'destination':
      return endpoint(event['destination.ip'], event['destination.port']) || (event['destination.domain'] ?? '');
    case 'user':
      return event['user.name'] ?? event['destination.user.name'] ?? '';
    case 'rule':
      return event['rule.name'] ?? event['rule.id'] ?? '';
    case 'message':
      return event.message ?? event['event.original'] ?? '';
  }
}

export function Cell({ event, id, zone }: { event: FlatEvent; id: ColumnId; zone: string }) {
  if (id === 'type') return <EventPill type={event['event.type']} action={event['event.action']} />;
  const text = cellText(event, id, zone);
  if (id === 'time') {
    return (
      <span className="nums text-xs tracking-tight">
        <span className="text-muted">{text.slice(0, 10)}</span> {text.slice(11)}
      </span>
    );
  }
  return <VisibleText text={text.slice(0, MAX_CELL_CHARACTERS)} />;
}
