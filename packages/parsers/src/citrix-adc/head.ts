import type { VendorInput } from '../vendor.ts';

/** What stands before the text of a message. */
export interface AdcHead {
  /** `YYYY-MM-DD hh:mm:ss`, with `Z` behind it where the record says GMT; missing where a relay has taken the date. */
  readonly stamp: string | undefined;
  readonly host: string | undefined;
  readonly module: string;
  readonly event: string;
  /** The record's dates have the day first. */
  readonly isDayFirst: boolean;
  /** Position of the text. */
  readonly end: number;
}

const HEAD =
  /(?:(\d\d|\d{4})\/(\d\d)\/(\d{4}|\d\d):)?(\d\d:\d\d:\d\d)(?: (GMT|UTC|[A-Z]{2,5}))? {1,3}(?:([\w.-]{1,64}) {1,2})?(?:\d{1,3}-)?PPE-\d{1,3} : (?:(default|[\w.-]{1,32}) )?([A-Z][A-Z\d_]{1,24}) ([A-Za-z][A-Z\da-z_]{1,48})(?: \d{1,20})?(?: \d{1,6})? ?: {0,3}/;
/** Relays and the management service put their own header before it. */
const REACH = 320;
const DATE = /(?<!\d)(\d\d)\/\d\d\/\d{4}:\d\d:/g;
/** How far its other dates are looked for. */
const DATES = 1024;

/** `11/23/2026:16:56:31 GMT ns1 0-PPE-0 : default SSLVPN LOGIN 927699709 0 : …` */
export function readHead({ text, messageAt, header }: VendorInput): AdcHead | undefined {
  const from = text[messageAt] === '0' || header.hostname === undefined ? 0 : messageAt;
  const m = HEAD.exec(text.slice(from, from + REACH));
  if (!m) return undefined;
  const zone = m[5] === 'GMT' || m[5] === 'UTC' ? 'Z' : '';
  const isDayFirst = [...text.slice(from, from + DATES).matchAll(DATE)].some(([, first]) => Number(first) > 12);
  return {
    stamp:
      m[1] === undefined ? undefined : `${dateOf(m[1], m[2] as string, m[3] as string, isDayFirst)} ${m[4]}${zone}`,
    host: m[6],
    isDayFirst,
    module: m[8] as string,
    event: m[9] as string,
    end: from + m.index + m[0].length,
  };
}

/** The order is a setting: month first unless one of the record's dates can't be so; a year in front is one. */
function dateOf(first: string, second: string, third: string, isDayFirst: boolean): string {
  if (first.length === 4) return `${first}-${second}-${third}`;
  return isDayFirst ? `${third}-${second}-${first}` : `${third}-${first}-${second}`;
}

/** A stamp in the text, as the head's. */
export function stampOf(text: string, isDayFirst: boolean): string | undefined {
  const m = /^"?(\d\d|\d{4})\/(\d\d)\/(\d{4}|\d\d):(\d\d:\d\d:\d\d) ?(GMT|UTC)?/.exec(text);
  return m
    ? `${dateOf(m[1] as string, m[2] as string, m[3] as string, isDayFirst)} ${m[4]}${m[5] === undefined ? '' : 'Z'}`
    : undefined;
}
