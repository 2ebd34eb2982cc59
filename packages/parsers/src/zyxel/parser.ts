import { readPairs } from '../key-value/pairs.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { setZyxelRecord } from './record.ts';

/** `src="`, `note="` and `cat="` stand among the first fields of every record. */
const HEAD = 700;
const MAX_NAME = 80;
/** What newer versions put between the time and the pairs: a year and the device's name. */
const NAME = /(?:(\d{4}) )?([\w.-]{1,64}) (?=src=)/y;

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
    if (!name) return undefined;
    draft.event['observer.name'] = name[2] as string;
    draft.event['log.syslog.hostname'] = name[2] as string;
    return timeWithYear(input, name[1] ?? input.header.hostname);
  },
};

/** `May 22 17:24:03 2026 usgflex700h`: the year behind the time is taken for a host's name by the syslog header. */
function timeWithYear({ text }: VendorInput, year: string | undefined): VendorTime | undefined {
  if (year === undefined || !/^20\d\d$/.test(year)) return undefined;
  const start = text.startsWith('<') ? text.indexOf('>') + 1 : 0;
  const short = readTime(text, start);
  if (!short?.time.yearMissing) return undefined;
  const written = text.slice(start, short.end);
  const clock = /^(\w{3} {1,2}\d{1,2}) (.*)$/.exec(written);
  const full = clock && readTime(`${clock[1]} ${year} ${clock[2]}`, 0);
  return full ? { written: () => full.time } : undefined;
}
