import { addTotals } from '../event/totals.ts';
import { beginMessage } from '../format-start.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readWhen } from '../time/read-when.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorParser } from '../vendor.ts';
import { readIvantiWords } from '../vpn-servers/ivanti.ts';
import { WELF_FIELDS } from './fields.ts';
import { welfStart } from './start.ts';

/** WebTrends Enhanced Log Format of devices without a parser of their own: `id=firewall time="…" fw=… pri=… …`. */
export const welfParser: VendorParser = {
  name: 'welf',

  recognises: (input) => welfStart(input) >= 0,

  read(input, draft) {
    const { text } = input;
    const at = welfStart(input);
    const { event } = draft;
    let time = '';
    let path = '';
    let words = '';
    let session = '';
    const ivanti = new Set<string>();
    readPairs(text, at, (key, value, unclosed) => {
      if (key === 'msg') words = value;
      else if (key === 'sessionID') session = value;
      else if (key === 'vpn' || key === 'realm' || key === 'roles') ivanti.add(key);
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      const set = WELF_FIELDS.get(key);
      if (set) set(draft, value);
      else if (key === 'time') time = value;
      else if (key === 'arg') path = value;
      else draft.label(key, value);
    });
    beginMessage(input, draft, at);
    event['event.dataset'] = 'generic.welf';
    event['observer.type'] = 'firewall';
    const domain = event['destination.domain'];
    if (path !== '') event['url.original'] = path.startsWith('/') && domain !== undefined ? `${domain}${path}` : path;
    if (event['source.ip'] !== undefined || event['destination.ip'] !== undefined) event['event.category'] = 'network';
    event['event.type'] = verdictOf(event['event.action'] ?? '') ?? 'info';
    addTotals(draft);
    // Ivanti Connect Secure names these three in every record.
    if (ivanti.size === 3) {
      event['observer.vendor'] = 'Ivanti';
      event['observer.product'] = 'Connect Secure';
      event['observer.type'] = 'vpn';
      event['event.dataset'] = 'ivanti.connect_secure';
      readIvantiWords(words, draft);
      draft.text('logmaster.session.id', session);
    }
    return readWhen(time);
  },
};
