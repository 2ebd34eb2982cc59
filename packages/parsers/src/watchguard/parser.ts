import type { EventDraft } from '../event/draft.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readEvent } from './events.ts';
import { readPrefix } from './prefix.ts';
import { readTraffic } from './traffic.ts';

/** How far recognition looks: a traffic monitor's line has its id after the addresses. */
const HEAD = 512;
const ID = /msg_id="([\dA-Fa-f]{4}-[\dA-Fa-f]{4})" ?/;
const RELAYED = / ([\dA-Z]{8,20} (?:\([\dT:-]{19}\) )?[a-z][\w.-]{0,31}(?:\[\d{1,10}\])?: msg_id=")/;
/** The id can be switched off: then only traffic is known. */
const WITHOUT_ID = /^(?:[\dA-Z]{8,20} )?(?:\([\dT:-]{19}\) )?firewall(?:\[\d{1,10}\])?: (?:Allow|Deny) /;

/** WatchGuard Firebox (Fireware 11 and 12). Messages without a reader keep id, level and text. */
export const watchguardParser: VendorParser = {
  name: 'watchguard_fireware',

  recognises({ text, messageAt, header }) {
    const head = text.slice(messageAt, messageAt + HEAD);
    if (head.includes('msg_id="')) return ID.test(head);
    if (header.appname === 'firewall') return /^(?:Allow|Deny) /.test(head);
    return WITHOUT_ID.test(head);
  },

  read(input, draft) {
    const { text, messageAt } = input;
    const { event } = draft;
    const prefix = readPrefix(text, messageAt + relayed(text.slice(messageAt, messageAt + HEAD)));
    const body = text.slice(prefix.end);
    const id = ID.exec(body.slice(0, HEAD));
    event['event.dataset'] = 'watchguard.fireware';
    event['observer.vendor'] = 'WatchGuard';
    event['observer.product'] = 'Fireware';
    event['observer.type'] = 'firewall';
    event['event.category'] = 'host';
    const level = event['log.syslog.severity.code'] ?? 6;
    event['event.type'] = level <= 3 ? 'error' : 'info';
    draft.text('observer.serial_number', prefix.serial);
    draft.text('log.syslog.appname', prefix.process);
    draft.text('log.syslog.procid', prefix.pid);
    draft.text('event.code', id?.[1]?.toUpperCase());
    const said = id?.index === 0 ? body.slice(id[0].length) : body;
    if (!readTraffic(said, draft) && !readMonitor(input, said, draft)) readEvent(said, draft);
    const { time } = prefix;
    return time ? { written: () => time } : undefined;
  },
};

/** Two addresses, and behind them the ports: a line of the Traffic Monitor. */
const MONITORED = /^(?:(\S{1,64}) )?((?:Allow|Deny) [\da-fA-F.:]{2,45} [\da-fA-F.:]{2,45} \S{1,32}\/\w{1,8} )/;

/** A line of the Traffic Monitor that was copied, with the host's name or with nothing but a time before it. */
function readMonitor({ header }: VendorInput, said: string, draft: EventDraft): boolean {
  const isName = /^(?:Allow|Deny)$/.test(header.hostname ?? '');
  const line = isName ? `${header.hostname} ${said}` : said;
  const m = MONITORED.exec(line);
  if (!m || !readTraffic(line.slice(m[1] === undefined ? 0 : m[1].length + 1), draft)) return false;
  if (isName) {
    draft.drop('observer.name');
    draft.drop('log.syslog.hostname');
  } else draft.text('observer.name', m[1]);
  return true;
}

/** `80BE0123456AB firewall: msg_id=` behind a header that a relay wrote: where the serial number begins. */
function relayed(head: string): number {
  const found = RELAYED.exec(head);
  return found ? found.index + found[0].indexOf(found[1] as string) : 0;
}
