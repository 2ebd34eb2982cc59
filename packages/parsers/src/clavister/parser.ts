import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { SyslogHeader } from '../syslog/header.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { classify } from './classify.ts';
import { applyField } from './fields.ts';
import { readVolumes, VOLUME_NAMES } from './volume.ts';

/** `[2026-11-23 19:56:31] FW: CONN: prio=1 …`; `EFW` before cOS Core 9, time and name only where syslog has none. */
const HEAD = /(?:\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] )?(?:E?FW: )?([A-Z][A-Z\d_]{1,31}): ?(?=prio=|id=\d{6,8} )/y;
/** InControl forwards with a header of RFC 5424 in which category and number stand: `CONN : id=600004 event=… [message=… ]`. */
const ID = 'id=';
/** The same behind a collector that has taken the header away. */
const BARE = /id=(\d{5,8}) event=[a-z][a-z\d_]{2,63} (?:action=\w{1,32} )?\[?message=/y;
/** Read for the classification. */
const READ_APART = new Set(['event', 'rev', ...VOLUME_NAMES]);

/** Clavister cOS Core, and what was made from it (D-Link DFL). */
export const clavisterParser: VendorParser = {
  name: 'clavister_cos',

  recognises({ text, messageAt, header }) {
    HEAD.lastIndex = messageAt;
    BARE.lastIndex = messageAt;
    return HEAD.test(text) || isForwarded(header) || BARE.test(text);
  },

  read({ text, messageAt, header }, draft) {
    HEAD.lastIndex = messageAt;
    const head = HEAD.exec(text);
    const isRelayed = isForwarded(header);
    const category = head?.[2] ?? (isRelayed ? (header.appname ?? '') : '');
    const pairs = new Map<string, string>();
    if (isRelayed) pairs.set('id', (header.msgid ?? '').slice(ID.length));
    readPairs(text, head ? HEAD.lastIndex : messageAt, (name, value, unclosed) => {
      if (unclosed) draft.fail(name.slice(0, 64), 'quote not closed');
      // `[message=Connection opened`: the text without quotes.
      if (!name.startsWith('[')) pairs.set(name, value);
    });
    const id = pairs.get('id');
    if (id !== undefined) pairs.set('id', id.padStart(8, '0'));
    // The client's address outside of the tunnel; then the other is what it was given.
    if (pairs.has('ipaddr')) {
      draft.label('assigned_ip', pairs.get('client_ip'));
      pairs.delete('client_ip');
    }
    const { event } = draft;
    event['event.dataset'] = 'clavister.cos';
    event['observer.vendor'] = 'Clavister';
    event['observer.product'] = 'cOS Core';
    event['observer.type'] = 'firewall';
    draft.label('category', category);
    for (const [name, value] of pairs) if (!READ_APART.has(name)) applyField(draft, name, value);
    readVolumes(text, messageAt, draft);
    classify(draft, category, (pairs.get('event') ?? '').toLowerCase(), (pairs.get('action') ?? '').toLowerCase());
    addTotals(draft);
    dropUntranslated(draft);
    const written = head?.[1] === undefined || header.time ? undefined : readTime(head[1], 0)?.time;
    return written ? { written: () => written } : undefined;
  },
};

function isForwarded({ appname, procid, msgid }: SyslogHeader): boolean {
  return procid === ':' && appname !== undefined && msgid !== undefined && /^id=\d{5,8}$/.test(msgid);
}
