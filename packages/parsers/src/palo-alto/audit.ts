import { splitCsv } from '../csv/split.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';

/**
 * AUDIT (PAN-OS 10.1 and newer) has columns of its own: serial number, time, `audit`, version, event, administrator,
 * command, status. The result: the time as written.
 */
export function readAudit(text: string, at: number, draft: EventDraft): string {
  const [serial, time = '', type = '', , event = '', user = '', command, status] = splitCsv(text, at, 9);
  draft.label('type', type.toUpperCase());
  draft.text('observer.serial_number', serial);
  setKind(draft, 'configuration', 'info', event);
  draft.text('event.code', event);
  account(draft, user);
  draft.label('command', command);
  if (status === 'success') draft.event['event.outcome'] = 'success';
  else if (status === 'failure' || status === 'failed') draft.event['event.outcome'] = 'failure';
  else draft.label('status', status);
  return time;
}
