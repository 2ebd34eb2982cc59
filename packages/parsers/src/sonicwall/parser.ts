import type { FlatEvent } from '@logmaster/core/event/event';
import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { beginMessage } from '../format-start.ts';
import { readPairs } from '../key-value/pairs.ts';
import { relayedHeader } from '../syslog/relayed.ts';
import { readWhen } from '../time/read-when.ts';
import type { VendorParser } from '../vendor.ts';
import { welfStart } from '../welf/start.ts';
import { classifySonicwall } from './classify.ts';
import { SONICWALL_FIELDS } from './fields.ts';
import { isMobileAccess, readMobileAccess } from './mobile-access.ts';
import { readNote } from './note.ts';

/** The serial number is the second field. */
const HEAD = 100;
/** Fields that are looked at together when all are known; the first of each counts. */
const KEPT = new Set(['msg', 'time', 'vp_time', 'fw_action', 'arg', 'note']);
const TIME_WITH_ZONE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:UTC|GMT)$/;

/** Secure Mobile Access 1000, and SonicOS 5 to 7: `id=firewall sn=… time="…" fw=… pri=… c=… m=… msg="…" src=ip:port:interface:name dst=… …`. */
export const sonicwallParser: VendorParser = {
  name: 'sonicwall',

  recognises(input) {
    const at = welfStart(input);
    return (at >= 0 && input.text.slice(at, at + HEAD).includes(' sn=')) || isMobileAccess(input);
  },

  read(input, draft) {
    const { event } = draft;
    if (isMobileAccess(input)) return readMobileAccess(input, draft);
    const at = welfStart(input);
    beginMessage(input, draft, at);
    draft.text('observer.name', relayedHeader(input.text, input.messageAt)?.name);
    const kept = readFields(input.text, at, draft);
    event['event.dataset'] = 'sonicwall.firewall';
    event['observer.vendor'] = 'SonicWall';
    const isRemoteAccess = input.text.startsWith('id=sslvpn ', at);
    event['observer.product'] = isRemoteAccess ? 'Secure Mobile Access' : 'SonicOS';
    event['observer.type'] = 'firewall';
    const message = kept.get('msg') ?? '';
    draft.label('msg', message);
    draft.label('fw_action', kept.get('fw_action'));
    readNote(draft, kept.get('note') ?? '');
    classifySonicwall(draft, message, kept.get('fw_action') ?? '');
    setUrl(draft.event, kept.get('arg'));
    addTotals(draft);
    // Remote access tells both times.
    const time = kept.get('vp_time') ?? kept.get('time') ?? '';
    const utc = TIME_WITH_ZONE.exec(time);
    return readWhen(utc ? `${utc[1]}Z` : time);
  },
};

function readFields(text: string, at: number, draft: EventDraft): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  const take = (key: string, value: string, unclosed: boolean) => {
    if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
    const set = SONICWALL_FIELDS.get(key);
    if (set) set(draft, value);
    else if (!KEPT.has(key)) draft.label(key, value);
    else if (!kept.has(key)) kept.set(key, value);
  };
  readPairs(text, at, take, `"'`);
  return kept;
}

/** `dstname` and `arg` are the two halves of an address. */
function setUrl(event: FlatEvent, path: string | undefined): void {
  if (path === undefined || path === '') return;
  const domain = event['destination.domain'];
  event['url.original'] = path.startsWith('/') && domain !== undefined ? `${domain}${path}` : path;
  if (domain !== undefined) event['url.domain'] = domain;
}
