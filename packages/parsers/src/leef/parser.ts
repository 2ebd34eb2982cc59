import { findProduct } from '../cef/products/products.ts';
import { setSeverity } from '../cef/severity.ts';
import { readStandard } from '../cef/standard.ts';
import type { EventDraft } from '../event/draft.ts';
import { beginMessage, findFormat } from '../format-start.ts';
import type { VendorParser } from '../vendor.ts';
import { readAttributes } from './attributes.ts';
import { readLeefHeader } from './header.ts';
import { LEEF_NAMES } from './names.ts';

const MARK = 'LEEF:';
/** Read apart from the dictionary. */
const SEPARATE = new Set(['sev', 'devTimeFormat', 'isLoginEvent', 'isLogoutEvent', 'srcPackets', 'dstPackets']);

/** Log Event Extended Format 1.0 and 2.0 (IBM QRadar), with or without a syslog header, of all products. */
export const leefParser: VendorParser = {
  name: 'leef',

  recognises(input) {
    const at = findFormat(input, MARK);
    const digit = input.text[at + MARK.length];
    return at >= 0 && (digit === '1' || digit === '2');
  },

  read(input, draft) {
    const { text } = input;
    const at = findFormat(input, MARK);
    draft.event['event.dataset'] = 'generic.leef';
    beginMessage(input, draft, at);
    const header = readLeefHeader(text, at);
    if (header === undefined) {
      draft.fail('message', 'LEEF header not complete');
      return undefined;
    }
    draft.text('observer.vendor', header.vendor);
    draft.text('observer.product', header.product);
    draft.text('observer.version', header.version);
    draft.text('event.code', header.eventId);
    const attributes = readAttributes(text, header.attributesAt, header.delimiter);
    const pairs = new Map<string, string>();
    for (const [key, value] of attributes) {
      const name = LEEF_NAMES.get(key) ?? key;
      if (!SEPARATE.has(key) && !pairs.has(name)) pairs.set(name, value);
    }
    const severity = attributes.get('sev') ?? '';
    if (severity !== '') setSeverity(draft, severity);
    draft.long('source.packets', attributes.get('srcPackets'));
    draft.long('destination.packets', attributes.get('dstPackets'));
    const product = findProduct(header.vendor, header.product);
    const kind = { ...header, classId: header.eventId, name: header.eventId, severity };
    const time = product ? product.read(draft, kind, pairs) : readStandard(draft, pairs);
    setSession(draft, attributes.get('isLoginEvent'), attributes.get('isLogoutEvent'));
    return time;
  },
};

/** LEEF says by flags of their own that somebody has signed in or out. */
function setSession({ event }: EventDraft, login: string | undefined, logout: string | undefined): void {
  if (login !== 'true' && logout !== 'true') return;
  event['event.category'] = 'authentication';
  event['event.type'] = login === 'true' ? 'start' : 'end';
}
