import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { readAudit } from './audit.ts';
import { classifyForcepoint } from './classify.ts';
import { isCsv, readCsv } from './csv.ts';
import { applyField, normalName } from './fields.ts';

/** Log id and node lead the entries of all forms with names. */
const HEAD = 300;
const MARKS = /\blog_?id="?\d[\s\S]{0,120}?\bnode_?id=/i;

/** Entries of the Management Center's own audit have no number. */
const AUDIT = ',CompId=';

/**
 * Forcepoint NGFW (Stonesoft, McAfee NGFW) as its log server forwards entries: the McAfee ESM form
 * (`Timestamp="…",LogId="…",NodeId="…",Facility="…",…`), key=value, and comma separated values; the Management Center's
 * audit. CEF and LEEF are read by those parsers.
 */
export const forcepointParser: VendorParser = {
  name: 'forcepoint_ngfw',

  recognises({ text, messageAt }) {
    if (text.startsWith('Timestamp=', messageAt) && text.slice(messageAt, messageAt + HEAD).includes(AUDIT))
      return true;
    if (isCsv(text, messageAt)) return true;
    const head = text.slice(messageAt, messageAt + HEAD);
    return (head.includes('LogId=') || head.includes('LOG_ID=') || head.includes('log_id=')) && MARKS.test(head);
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    event['event.dataset'] = 'forcepoint.ngfw';
    event['observer.vendor'] = 'Forcepoint';
    event['observer.product'] = 'NGFW';
    event['observer.type'] = 'firewall';
    const pairs = isCsv(text, messageAt) ? readCsv(text, messageAt, draft) : readNamed(text, messageAt, draft);
    const situation = pairs.get('situation') ?? pairs.get('event') ?? '';
    draft.label('situation', situation);
    if (pairs.has('typedescription')) readAudit(draft, pairs);
    else classifyForcepoint(draft, situation, pairs.get('facility') ?? '');
    addTotals(draft);
    dropUntranslated(draft);
    const written = readTime(pairs.get('timestamp') ?? '', 0)?.time;
    return written ? { written: () => written } : undefined;
  },
};

function readNamed(text: string, at: number, draft: EventDraft): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  readPairs(text, at, (name, value, unclosed) => {
    if (unclosed) draft.fail(name.slice(0, 64), 'quote not closed');
    // Without quotes the comma between the pairs stays at the value.
    const clean = value.endsWith(',') ? value.slice(0, -1) : value;
    pairs.set(normalName(name), clean);
    applyField(draft, name, clean);
  });
  return pairs;
}
