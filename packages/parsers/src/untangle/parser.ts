import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { eachLeaf, objectOf, readJsonObject, textOf } from '../json-object/json-object.ts';
import { type ServerProduct, setServer } from '../programs/server.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { PLACED, READERS, setSession } from './events.ts';

/** In the name of an event's class. */
export const CLASS = 'com.untangle.';
/** How far before the object a level and blanks may stand: `INFO  {"timeStamp":…`. */
const MAX_HEAD = 32;
const NG_FIREWALL: ServerProduct = {
  dataset: 'untangle.ngfw',
  vendor: 'Untangle',
  product: 'NG Firewall',
  type: 'firewall',
};
const LEVELS = new Set(['INFO', 'WARN', 'ERROR', 'DEBUG']);

/** Untangle NG Firewall (Arista Edge Threat Management): events as JSON ("Event Definitions" of its documentation). */
export const untangleParser: VendorParser = {
  name: 'untangle',

  recognises(input) {
    return objectAt(input) >= 0 && input.text.includes(CLASS, input.messageAt);
  },

  read(input, draft) {
    const read = readJsonObject(input.text, objectAt(input));
    setObserver(draft);
    if (!read) {
      draft.fail('message', 'not a JSON object');
      return undefined;
    }
    const { object, cut } = read;
    if (cut) draft.fail('message', 'cut JSON');
    const kind = textOf(object, 'class')?.split('.').at(-1) ?? '';
    draft.text('event.code', kind);
    draft.text('logmaster.session.id', textOf(object, 'sessionId'));
    const reader = READERS.get(kind);
    if (reader) {
      reader(draft, object);
      if (!draft.has('source.ip')) setSession(draft, objectOf(object, 'sessionEvent'));
    } else setKind(draft, 'host', 'info', kind.toLowerCase());
    eachLeaf(object, '', (name, value) => {
      if (!reader || (!PLACED.has(name) && !name.startsWith('sessionEvent_'))) draft.label(name, value);
    });
    if (input.header.time) return undefined;
    const written = readTime(textOf(object, 'timeStamp') ?? '', 0)?.time;
    return written && { written: () => written };
  },
};

function setObserver(draft: EventDraft): void {
  setServer(draft, NG_FIREWALL);
  // `INFO  uvm[0]: {…}`: the level stands where a host's name does.
  if (!LEVELS.has(draft.event['log.syslog.hostname'] ?? '')) return;
  draft.drop('log.syslog.hostname');
  draft.drop('observer.name');
}

function objectAt({ text, messageAt }: VendorInput): number {
  const at = text.indexOf('{', messageAt);
  return at >= 0 && at < messageAt + MAX_HEAD ? at : -1;
}
