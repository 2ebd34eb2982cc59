import { addTotals } from '../event/totals.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { VendorParser } from '../vendor.ts';
import { finishWeb, WEB_FIELDS } from './web-fields.ts';

const VENDORS = ['vendor=Websense ', 'vendor=Forcepoint '];
/** A stamp's zone may stand between header and message. */
const HEAD = 80;
const LEFT_OUT = new Set(['vendor', 'product', 'url', 'duration']);

/** Forcepoint (Websense) Web Security and Content Gateway as key=value: `vendor=Websense product=Security …`. */
export const forcepointWebParser: VendorParser = {
  name: 'forcepoint_web',

  recognises({ text, messageAt }) {
    const head = text.slice(messageAt, messageAt + HEAD);
    return VENDORS.some((vendor) => head.includes(`${vendor}product=Security `));
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    event['observer.vendor'] = 'Forcepoint';
    event['observer.product'] = 'Web Security';
    let url = '';
    const take = (name: string, value: string) => {
      if (name === 'url') url = value;
      if (LEFT_OUT.has(name) || value === '-' || value === '') return;
      const set = WEB_FIELDS.get(name);
      if (set) set(draft, value);
      else draft.label(name, value);
    };
    const person = userIn(text, messageAt);
    if (person) {
      take('user', person.value);
      readPairs(text.slice(0, person.from), messageAt, take);
    }
    readPairs(text, person?.to ?? messageAt, take);
    finishWeb(draft, url);
    addTotals(draft);
    return undefined;
  },
};

/** A directory's path has blanks and equals signs of its own: `user=LDAP://10.20.0.2 OU=Satis,DC=ornek/Ali Kaya src_host=`. */
function userIn(text: string, at: number): { value: string; from: number; to: number } | undefined {
  const from = text.indexOf(' user=', at);
  const login = from < 0 ? -1 : text.indexOf(' loginID=', from);
  const host = from < 0 ? -1 : text.indexOf(' src_host=', from);
  const to = login > 0 && (host < 0 || login < host) ? login : host;
  return to < 0 ? undefined : { value: text.slice(from + ' user='.length, to), from, to };
}
