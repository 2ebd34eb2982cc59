import { findMark, type Mark } from '../info-center/mark.ts';
import { readPreamble, setMark } from '../info-center/preamble.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { classifyFastLog } from './classify.ts';
import { readFastLog } from './fast-log.ts';
import { readDashed, readPeople } from './people.ts';

/** Of all releases; some switches leave it out. */
const VERSIONS = new Set(['10', undefined]);
const FAST_LOG = /^[A-Za-z]\w{0,39}\(\d{4}\)=/;
const FIREWALLS = /^(?:FILTER|SESSION|NAT|IPS|AV|ANTI-VIR|UFLT|DFILTER|ATK|OBJP|APR)$/i;

function markOf(input: VendorInput): Mark | undefined {
  const mark = findMark(input);
  return mark !== undefined && VERSIONS.has(mark.version) ? mark : undefined;
}

/** H3C's and HPE's Comware: SecPath firewalls, SR and MSR routers, switches, access controllers. */
export const comwareParser: VendorParser = {
  name: 'h3c_comware',

  recognises(input) {
    return markOf(input) !== undefined;
  },

  read(input, draft) {
    const mark = markOf(input);
    if (!mark) return undefined;
    const { event } = draft;
    const ofFirewall = FIREWALLS.test(mark.module);
    event['event.dataset'] = ofFirewall ? 'h3c.secpath' : 'h3c.comware';
    event['observer.vendor'] = 'H3C';
    event['observer.product'] = 'Comware';
    event['observer.type'] = ofFirewall ? 'firewall' : 'router';
    setMark(draft, mark);
    const time = readPreamble(input, mark, draft);
    event.message = input.text.slice(mark.index);
    const said = readDashed(input.text.slice(mark.end).trim(), draft);
    if (!FAST_LOG.test(said)) {
      readPeople(said, mark.brief, draft);
      return time;
    }
    return { ...time, ...classifyFastLog(draft, mark, readFastLog(said, draft)) };
  },
};
