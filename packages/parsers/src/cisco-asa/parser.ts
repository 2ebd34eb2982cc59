import { findMark, readPreamble, unwrapRepeated } from '../cisco/preamble.ts';
import type { EventDraft } from '../event/draft.ts';
import { LEVELS } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readerOf } from './readers.ts';

/**
 * `%ASA-6-302013: `, with the message class of newer versions (`%ASA-session-6-302013`), and what some write: two
 * hyphens, `<Up>`, no colon.
 */
const MARK = /%(ASA|FTD|NGIPS|PIX|FWSM)(?:<[^>]{1,16}>)?-{1,2}(?:[a-z][a-z_-]{0,23}-)?([0-7])-(\d{6}):? ?/y;

const PRODUCTS = new Map([
  ['ASA', 'ASA'],
  ['FTD', 'Firepower Threat Defense'],
  ['NGIPS', 'Firepower NGIPS'],
  ['PIX', 'PIX'],
  ['FWSM', 'Firewall Services Module'],
]);

/** Cisco ASA, and what speaks like it. Ids without a reader keep code, severity and message. */
export const ciscoAsaParser: VendorParser = {
  name: 'cisco_asa',

  recognises({ text, messageAt }) {
    return matchMark(text, messageAt) !== null;
  },

  read(input, draft) {
    const { text, messageAt } = input;
    const mark = matchMark(text, messageAt);
    if (!mark) return undefined;
    const id = setMark(draft, mark);
    const reader = readerOf(id);
    const said = unwrapRepeated(text.slice(mark.index + mark[0].length), draft);
    if (reader && !reader(said, draft)) draft.fail('message', `unexpected wording of ${id}`);
    return mark.index > messageAt ? readPreamble(input, mark.index, draft) : undefined;
  },
};

/** What the mark alone says; the message id. */
export function setMark({ event }: EventDraft, mark: RegExpExecArray): string {
  const severity = Number(mark[2]);
  const id = mark[3] as string;
  event['event.dataset'] = 'cisco.asa';
  event['observer.vendor'] = 'Cisco';
  event['observer.product'] = PRODUCTS.get(mark[1] as string) as string;
  event['observer.type'] = 'firewall';
  event['event.code'] = id;
  event['event.severity'] = severity;
  event['log.level'] = LEVELS[severity] as string;
  event['event.category'] = 'network';
  event['event.type'] = severity <= 3 ? 'error' : 'info';
  return id;
}

export function matchMark(text: string, messageAt: number): RegExpExecArray | null {
  const at = findMark(text, messageAt);
  if (at < 0) return null;
  MARK.lastIndex = at;
  return MARK.exec(text);
}
