import { readPairs } from '../key-value/pairs.ts';
import type { VendorParser } from '../vendor.ts';
import { setZyxelRecord } from './record.ts';

/** `src="`, `note="` and `cat="` stand among the first fields of every record. */
const HEAD = 700;
const MAX_NAME = 80;
/** The device's name where a relay's stands in the header. */
const NAME = /([\w.-]{1,64}) (?=src=)/y;

/** Zyxel ZyWALL, USG, USG FLEX and ATP: `src="a:p" dst="a:p" msg="…" note="…" user="…" devID="…" cat="…"`. */
export const zyxelParser: VendorParser = {
  name: 'zyxel',

  recognises({ text, messageAt }) {
    const at = text.slice(messageAt, messageAt + MAX_NAME).indexOf('src="');
    if (at < 0 || (at > 0 && text[messageAt + at - 1] !== ' ')) return false;
    const head = text.slice(messageAt, messageAt + HEAD);
    return head.includes(' msg="') && head.includes(' note="') && head.includes(' cat="');
  },

  read(input, draft) {
    const pairs = new Map<string, string>();
    readPairs(input.text, input.messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      if (!pairs.has(key)) pairs.set(key, value);
    });
    draft.event['observer.product'] = 'USG';
    setZyxelRecord(draft, pairs);
    NAME.lastIndex = input.messageAt;
    const name = NAME.exec(input.text);
    if (name) {
      draft.event['observer.name'] = name[1] as string;
      draft.event['log.syslog.hostname'] = name[1] as string;
    }
    return undefined;
  },
};
