import { readDelimited } from '../key-value/delimited.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isAuthenticator, readAuthenticator } from './authenticator.ts';
import { setProduct } from './products.ts';
import { FortigateRecord } from './record.ts';

/** `logid`, `type` and `subtype` stand among the first fields of every FortiOS record; relays leave some out. */
const HEAD = 400;
/** The most frequent first. */
const MARKS = ['logid=', 'subtype=', 'log_id=', 'devname=', 'devid=', 'device_id=', 'vd=', 'level=', 'srcip='];
const MIN_MARKS = 2;
/** First words of a record: of FortiOS itself, and of FortiAnalyzer when it forwards one. */
export const FIRST = [
  'date=',
  'devname=',
  'devid=',
  'logver=',
  'timestamp=',
  'itime=',
  'eventtime=',
  'logid=',
  'idseq=',
  // A relay that reads the first words as the header's time leaves this.
  'time=',
];
/** Length of `date=2026-11-23`: in the CSV form a comma follows. */
const DATE_LENGTH = 15;

/**
 * FortiOS 5 to 7: the default form (`date=… time=… devname="…" logid="…" type="…" subtype="…" …`) and `set format csv`,
 * which puts commas between the pairs. Its CEF form is read by cef/products/fortigate.ts.
 */
export const fortigateParser: VendorParser = {
  name: 'fortigate',

  recognises({ text, messageAt }) {
    if (isAuthenticator(text, messageAt)) return true;
    if (!FIRST.some((word) => text.startsWith(word, messageAt))) return false;
    const head = text.slice(messageAt, messageAt + HEAD);
    if (!has(head, 'type=')) return false;
    let marks = 0;
    for (const word of MARKS) if (has(head, word) && ++marks === MIN_MARKS) return true;
    return false;
  },

  read(input, draft) {
    const { text, messageAt } = input;
    const record = new FortigateRecord(draft);
    if (isAuthenticator(text, messageAt)) {
      readAuthenticator(text, messageAt, record, draft);
      const time = record.finish();
      setProduct(draft, 'FortiAuthenticator');
      return time;
    }
    const take = (key: string, value: string, unclosed: boolean) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      record.pair(key, value);
    };
    if (isCsv(input)) readDelimited(text, messageAt, ',', take);
    else readPairs(text, messageAt, take);
    return record.finish();
  },
};

/** Does a key stand at the head's start, or behind a blank or a comma? */
function has(head: string, word: string): boolean {
  for (let at = head.indexOf(word); at >= 0; at = head.indexOf(word, at + 1)) {
    if (at === 0) return true;
    const before = head.charCodeAt(at - 1);
    if (before === 0x20 || before === 0x2c) return true;
  }
  return false;
}

function isCsv({ text, messageAt }: VendorInput): boolean {
  return text[messageAt + DATE_LENGTH] === ',' && text.startsWith('date=', messageAt);
}
