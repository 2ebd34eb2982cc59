import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readOffset, readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { classify } from './classify.ts';
import { applyField, setDestination } from './fields.ts';

/** `id`, `time`, `fw`, `tz` and `startime` lead every record. */
const HEAD = 200;
/** Counters of the device, one record a minute: their text is enough. */
const STATISTICS = new Set(['monitor', 'count', 'filterstat', 'authstat', 'routerstat', 'date', 'hastat', 'vpnstat']);

/** Logs of what goes on for a while: `startime` is its beginning. In the others it repeats `time`. */
const STARTED = new Set(['connection', 'plugin', 'filter', 'web', 'ssl', 'ftp', 'smtp', 'pop3']);

/** Stormshield Network Security, audit logs in WELF. Nobody else writes `startime`. */
export const stormshieldParser: VendorParser = {
  name: 'stormshield_sns',

  recognises({ text, messageAt }) {
    const head = text.slice(messageAt, messageAt + HEAD);
    return head.includes(' startime=') && head.includes('fw=');
  },

  read({ text, messageAt }, draft) {
    const pairs = new Map<string, string>();
    readPairs(text, messageAt, (name, value, unclosed) => {
      if (unclosed) draft.fail(name.slice(0, 64), 'quote not closed');
      pairs.set(name, value);
    });
    const logtype = pairs.get('logtype') ?? '';
    const { event } = draft;
    event['event.dataset'] = 'stormshield.sns';
    event['observer.vendor'] = 'Stormshield';
    event['observer.product'] = 'SNS';
    event['observer.type'] = 'firewall';
    draft.label('logtype', logtype);
    for (const [name, value] of pairs) if (!STATISTICS.has(logtype) || name === 'fw') applyField(draft, name, value);
    setDestination(draft, pairs);
    classify(draft, logtype, pairs);
    addTotals(draft);
    dropUntranslated(draft);
    const offset = readOffset(pairs.get('tz') ?? '');
    const written = timeAfter(text, messageAt, 'time=', offset);
    const start =
      pairs.has('duration') && STARTED.has(logtype) ? timeAfter(text, messageAt, ' startime=', offset) : undefined;
    return { ...(written ? { written: () => written } : {}), ...(start ? { start: () => start } : {}) };
  },
};

/** The value may be quoted or not, and holds a blank. */
function timeAfter(text: string, from: number, name: string, offset: number | undefined): WrittenTime | undefined {
  const at = text.indexOf(name, from);
  if (at < 0) return undefined;
  const value = at + name.length;
  const time = readTime(text, text[value] === '"' ? value + 1 : value)?.time;
  return time && offset !== undefined ? { ...time, offset } : time;
}
