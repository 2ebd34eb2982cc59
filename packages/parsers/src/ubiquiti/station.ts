import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readJsonObject } from '../json-object/json-object.ts';

const EVENT = /EVENT_STA_(JOIN|LEAVE|IP) ([\w.-]{1,32}): ([\da-fA-F:]{17}) \/ ([\w.:]{1,45})/;

/** `wevent.ubnt_custom_event(): EVENT_STA_JOIN ath0: 00:00:5e:00:53:23 / 1`; IP has the address at its end. */
export function readStationEvent(text: string, draft: EventDraft): boolean {
  const m = EVENT.exec(text.slice(0, 512));
  if (!m) return false;
  const kind = m[1] as string;
  setKind(
    draft,
    kind === 'IP' ? 'network' : 'session',
    kind === 'LEAVE' ? 'end' : 'start',
    `sta_${kind.toLowerCase()}`,
  );
  draft.text('observer.ingress.interface.name', m[2]);
  draft.mac('source.mac', m[3]);
  if (kind === 'IP') draft.ip('source.ip', m[4]);
  else draft.label('aid', m[4]);
  return true;
}

/** `stahtd: [STA-TRACKER].stahtd_dump_event(): {"message_type":"STA_ASSOC_TRACKER","mac":"…","vap":"…",…}` */
export function readTracker(text: string, draft: EventDraft): boolean {
  const brace = text.indexOf('{');
  const read = brace >= 0 && brace < 128 ? readJsonObject(text, brace) : undefined;
  if (!read) return false;
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(read.object)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values.set(key, String(value));
    }
  }
  const result = values.get('event_type') ?? '';
  const failed = /fail/.test(result);
  const left = /leave|disassoc|dc_/.test(result);
  setKind(draft, 'session', left ? 'end' : failed ? 'error' : 'info', `station ${result || 'event'}`);
  draft.mac('source.mac', values.get('mac'));
  draft.text('observer.ingress.interface.name', values.get('vap'));
  draft.ip('source.ip', values.get('ip'));
  for (const [key, value] of values) if (!SET.has(key)) draft.label(key, value);
  return true;
}

const SET = new Set(['mac', 'vap', 'ip', 'event_type']);
