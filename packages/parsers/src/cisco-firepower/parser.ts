import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readConnection, readIntrusion } from './alerts.ts';
import { readAudit, readCorrelation, readDiscovery } from './events.ts';

const ALERTS = 'SFIMS';
/** Programs of the management center that write its audit log; its web pages end in `.cgi`. */
export const AUDITORS: readonly string[] = ['mojo_server.pl', 'sfdccsm', 'sftunnel', 'sfmbservice', 'useraction.pl'];
const PAGE = '.cgi';
/** `10.1.1.5, ` behind a name: an audit record says who did it, and from where. */
const ACTOR = /[^\s@,]{1,128}@[\da-zA-Z.: ]{2,45}, /;
/** Between the header and the mark stands the center's name at most. */
const MAX_BEFORE = 128;
const HEAD = 512;
/** `Jun 15 10:04:02 2026` */
const TIME = /^([A-Z][a-z]{2} [ \d]\d) (\d\d:\d\d:\d\d) (\d{4})$/;
const TIME_LENGTH = 20;

/** Where the alert's words begin; −1 where it is none. */
function alertAt({ text, messageAt, header }: VendorInput): number {
  if (header.appname === ALERTS) return messageAt;
  const at = text.slice(messageAt, messageAt + MAX_BEFORE).indexOf(ALERTS);
  if (at < 0) return -1;
  const mark = /SFIMS ?: ?/y;
  mark.lastIndex = messageAt + at;
  return mark.test(text) ? mark.lastIndex : -1;
}

function isAudit({ text, messageAt, header: { appname } }: VendorInput): boolean {
  if (appname === undefined || !(appname.endsWith(PAGE) || AUDITORS.includes(appname))) return false;
  return ACTOR.test(text.slice(messageAt, messageAt + HEAD));
}

/**
 * Cisco Firepower Management Center (Sourcefire Defense Center): its syslog alerts (`SFIMS`) for connections, intrusions,
 * files, discovery and correlation, and its audit log. What the sensors send by themselves (`%FTD-1-430003`) is read by
 * cisco-asa/.
 */
export const firepowerParser: VendorParser = {
  name: 'cisco_firepower',

  recognises(input) {
    return alertAt(input) >= 0 || isAudit(input);
  },

  read(input, draft) {
    const { event } = draft;
    event['event.dataset'] = 'cisco.firepower';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = 'Firepower Management Center';
    event['observer.type'] = 'ids';
    event['event.category'] = 'host';
    const at = alertAt(input);
    if (at < 0) readAudit(input.text.slice(input.messageAt), draft);
    else {
      const text = input.text.slice(at).trimStart();
      const said = readCorrelation(text, draft) ?? text;
      // Texts of other kinds keep their words.
      readIntrusion(said, draft) || readDiscovery(said, draft) || readConnection(said, draft);
    }
    const written = at < 0 ? undefined : timeOf(input.text.slice(at));
    return written && { written: () => written };
  },
};

/** An event's own time, the last that is written; the center's header has no zone. */
function timeOf(text: string): WrittenTime | undefined {
  const found = text.lastIndexOf(' UTC');
  const m = TIME.exec(text.slice(Math.max(0, found - TIME_LENGTH), Math.max(0, found)));
  const time = m ? readTime(`${m[1]} ${m[3]} ${m[2]}`, 0)?.time : undefined;
  return time && { ...time, offset: 0 };
}
