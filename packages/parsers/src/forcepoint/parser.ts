import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { classifyForcepoint } from './classify.ts';
import { applyField, normalName } from './fields.ts';

/** Log id and node lead the entries of all forms with names. */
const HEAD = 300;
const MARKS = /\blog_?id="?\d[\s\S]{0,120}?\bnode_?id=/i;

/**
 * Forcepoint NGFW (Stonesoft, McAfee NGFW) as its log server forwards entries with names: the McAfee ESM form
 * (`Timestamp="…",LogId="…",NodeId="…",Facility="…",…`) and key=value. CEF and LEEF are read by those parsers.
 */
export const forcepointParser: VendorParser = {
  name: 'forcepoint_ngfw',

  recognises({ text, messageAt }) {
    const head = text.slice(messageAt, messageAt + HEAD);
    return (head.includes('LogId=') || head.includes('LOG_ID=') || head.includes('log_id=')) && MARKS.test(head);
  },

  read({ text, messageAt }, draft) {
    const pairs = new Map<string, string>();
    const { event } = draft;
    event['event.dataset'] = 'forcepoint.ngfw';
    event['observer.vendor'] = 'Forcepoint';
    event['observer.product'] = 'NGFW';
    event['observer.type'] = 'firewall';
    readPairs(text, messageAt, (name, value, unclosed) => {
      if (unclosed) draft.fail(name.slice(0, 64), 'quote not closed');
      // Without quotes the comma between the pairs stays at the value.
      const clean = value.endsWith(',') ? value.slice(0, -1) : value;
      pairs.set(normalName(name), clean);
      applyField(draft, name, clean);
    });
    const situation = pairs.get('situation') ?? pairs.get('event') ?? '';
    draft.label('situation', situation);
    classifyForcepoint(draft, situation, pairs.get('facility') ?? '');
    addTotals(draft);
    dropUntranslated(draft);
    const written = readTime(pairs.get('timestamp') ?? '', 0)?.time;
    return written ? { written: () => written } : undefined;
  },
};
