import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { classify } from './classify.ts';
import { applyField } from './fields.ts';

/** `[2026-11-23 19:56:31] FW: CONN: prio=1 …`; `EFW` before cOS Core 9, time and name only where syslog has none. */
const HEAD = /(?:\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] )?(?:E?FW: )?([A-Z][A-Z\d_]{1,31}): ?(?=prio=|id=\d{6,8} )/y;
/** Read for the classification. */
const READ_APART = new Set(['event', 'rev']);

/** Clavister cOS Core, and what was made from it (D-Link DFL). */
export const clavisterParser: VendorParser = {
  name: 'clavister_cos',

  recognises({ text, messageAt }) {
    HEAD.lastIndex = messageAt;
    return HEAD.test(text);
  },

  read({ text, messageAt, header }, draft) {
    HEAD.lastIndex = messageAt;
    const head = HEAD.exec(text);
    if (!head) return undefined;
    const category = head[2] as string;
    const pairs = new Map<string, string>();
    readPairs(text, HEAD.lastIndex, (name, value, unclosed) => {
      if (unclosed) draft.fail(name.slice(0, 64), 'quote not closed');
      pairs.set(name, value);
    });
    const { event } = draft;
    event['event.dataset'] = 'clavister.cos';
    event['observer.vendor'] = 'Clavister';
    event['observer.product'] = 'cOS Core';
    event['observer.type'] = 'firewall';
    draft.label('category', category);
    for (const [name, value] of pairs) if (!READ_APART.has(name)) applyField(draft, name, value);
    classify(draft, category, (pairs.get('event') ?? '').toLowerCase(), (pairs.get('action') ?? '').toLowerCase());
    addTotals(draft);
    dropUntranslated(draft);
    const written = head[1] === undefined || header.time ? undefined : readTime(head[1], 0)?.time;
    return written ? { written: () => written } : undefined;
  },
};
