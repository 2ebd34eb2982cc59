import { levelWord } from '../syslog/severity.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser } from '../vendor.ts';
import { readEvent } from './events.ts';
import { isManagerRow, readManagerRow } from './nsm.ts';
import { readTraffic } from './traffic.ts';

/** How far recognition looks: the host's name may stand twice before it. */
const HEAD = 200;
const MARK = 'NetScreen device_id=';
/** Stands where the host's name should when the header has none. */
const PRODUCT = 'NetScreen';
/** `[Root]system-notification-00257(traffic): `: virtual system, level, number of the message type, log. */
const TAG =
  /(?:^|NetScreen )device_id=(\S{0,64}) {1,4}(?:\[([^\]]{1,64})\])?(?:system|traffic)-([a-z]{4,13})-(\d{5})(?:\((\w{1,16})\))?: ?/;

/** Juniper NetScreen, SSG and ISG (ScreenOS), also by way of their manager. Messages without a reader keep code, level and text. */
export const netscreenParser: VendorParser = {
  name: 'juniper_screenos',

  recognises(input) {
    const { text, messageAt, header } = input;
    if (text.slice(messageAt, messageAt + HEAD).includes(MARK)) return true;
    if (header.hostname === PRODUCT && text.startsWith('device_id=', messageAt)) return true;
    return isManagerRow(input);
  },

  read(input, draft) {
    const { text, messageAt, header } = input;
    const { event } = draft;
    event['event.dataset'] = 'juniper.screenos';
    event['observer.vendor'] = 'Juniper Networks';
    event['observer.product'] = 'ScreenOS';
    event['observer.type'] = 'firewall';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    if (isManagerRow(input)) return readManagerRow(input, draft);
    const tag = TAG.exec(text.slice(messageAt, messageAt + 2 * HEAD));
    if (!tag) {
      draft.fail('message', 'unexpected wording before the text');
      return undefined;
    }
    const [whole, device, vsys, level = '', code, log] = tag;
    if (event['log.syslog.hostname'] === PRODUCT) draft.drop('log.syslog.hostname');
    if (event['observer.name'] === undefined || event['observer.name'] === PRODUCT) draft.text('observer.name', device);
    if (vsys !== 'Root') draft.label('vsys', vsys);
    draft.text('event.code', code);
    draft.text('log.level', level === 'notification' ? 'notice' : levelWord(level));
    const said = text.slice(messageAt + tag.index + whole.length);
    const start = log === 'traffic' || said.startsWith('start_time=') ? readTraffic(said, draft) : undefined;
    if (event['event.category'] === 'host') readEvent(said, draft);
    const begun = start === undefined ? undefined : readTime(start, 0)?.time;
    const own = header.time === undefined ? ownTime(said, begun, event['event.duration']) : undefined;
    return {
      ...(own ? { written: () => own } : {}),
      ...(begun ? { start: () => begun } : {}),
    };
  },
};

const STAMP = /\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\)\s?$/;

/** Where the header has no time: `… (2026-11-23 19:56:31)`, and of traffic the session's end. */
function ownTime(said: string, begun: WrittenTime | undefined, duration = 0): WrittenTime | undefined {
  if (begun !== undefined) return { ...begun, local: begun.local + Math.round(duration / 1000) };
  const stamp = STAMP.exec(said.slice(-24))?.[1];
  return stamp === undefined ? undefined : readTime(stamp, 0)?.time;
}
