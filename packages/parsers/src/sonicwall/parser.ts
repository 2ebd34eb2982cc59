import type { FlatEvent } from '@logmaster/core/event/event';
import { addTotals } from '../event/totals.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readWhen } from '../time/read-when.ts';
import type { VendorParser } from '../vendor.ts';
import { classifySonicwall } from './classify.ts';
import { SONICWALL_FIELDS } from './fields.ts';

const HEAD = 300;
const TIME_WITH_ZONE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:UTC|GMT)$/;

/** SonicOS 5 to 7: `id=firewall sn=… time="…" fw=… pri=… c=… m=… msg="…" src=ip:port:interface:name dst=… …`. */
export const sonicwallParser: VendorParser = {
  name: 'sonicwall',

  recognises({ text, messageAt }) {
    if (!text.startsWith('id=', messageAt)) return false;
    const head = text.slice(messageAt, messageAt + HEAD);
    return head.includes(' sn=') && head.includes(' time=') && head.includes(' fw=');
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    const kept = new Map<string, string>();
    readPairs(text, messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      const set = SONICWALL_FIELDS.get(key);
      if (set) set(draft, value);
      else if (key === 'msg' || key === 'time' || key === 'fw_action' || key === 'arg' || key === 'note') {
        if (!kept.has(key)) kept.set(key, value);
      } else draft.label(key, value);
    });
    event['event.dataset'] = 'sonicwall.firewall';
    event['observer.vendor'] = 'SonicWall';
    event['observer.product'] = 'SonicOS';
    event['observer.type'] = 'firewall';
    const message = kept.get('msg') ?? '';
    draft.label('msg', message);
    draft.label('fw_action', kept.get('fw_action'));
    draft.text('event.reason', kept.get('note'));
    classifySonicwall(draft, message, kept.get('fw_action') ?? '');
    setUrl(draft.event, kept.get('arg'));
    addTotals(draft);
    const time = kept.get('time') ?? '';
    const utc = TIME_WITH_ZONE.exec(time);
    return readWhen(utc ? `${utc[1]}Z` : time);
  },
};

/** `dstname` and `arg` are the two halves of an address. */
function setUrl(event: FlatEvent, path: string | undefined): void {
  if (path === undefined || path === '') return;
  const domain = event['destination.domain'];
  event['url.original'] = path.startsWith('/') && domain !== undefined ? `${domain}${path}` : path;
  if (domain !== undefined) event['url.domain'] = domain;
}
