import type { EventDraft } from '../event/draft.ts';
import { LEVELS } from '../syslog/severity.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';
import type { Mark } from './mark.ts';

/** The word before a mark, a colon behind it in some releases. */
const NAME = /(?:^|[ >])([\w.:&()@-]{1,64}?):? {1,3}$/;
/** What stands there where there is no name: a year, a time, a zone's word. */
const NO_NAME = /^(?:[\d.:+-]{1,32}|DST)$/;
const MAX_NAME = 68;

/** Code and severity of a message; who reads the message sets category and action. */
export function setMark({ event }: EventDraft, { module, severity, brief }: Mark): void {
  event['event.code'] = `${module}/${severity}/${brief}`;
  event['event.severity'] = severity;
  event['log.level'] = LEVELS[severity] as string;
  event['event.category'] = 'host';
  event['event.type'] = severity <= 3 ? 'error' : 'info';
  event['event.action'] = brief.toLowerCase();
}

/**
 * The word before a mark is the device's own name, and a time between header and mark the device's own: the header may be a
 * relay's.
 */
export function readPreamble(input: VendorInput, mark: Mark, draft: EventDraft): VendorTime | undefined {
  const { text, messageAt, header } = input;
  const word = NAME.exec(text.slice(Math.max(0, mark.index - MAX_NAME), mark.index))?.[1];
  const { event } = draft;
  if (word !== undefined && (!NO_NAME.test(word) || word === header.hostname)) {
    event['observer.name'] = word;
    if (header.hostname === undefined || header.hostname === 'DST') event['log.syslog.hostname'] = word;
    draft.drop('log.syslog.appname');
  }
  let at = messageAt;
  while (text.charCodeAt(at) === 0x20) at++;
  const written = at < mark.index ? readTime(text, at) : undefined;
  return written === undefined || written.end > mark.index ? undefined : { written: () => written.time };
}
