import type { WindowsEvent } from './event-data.ts';

/** Values that say nothing are left out, as in the other forms. */
const EMPTY = new Set(['', '-', 'S-1-0-0', '0x0', '%%2313', 'N/A']);
const DATA = /<Data Name=(?:'([^']{1,128})'|"([^"]{1,128})")>/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The element stands at the start, perhaps behind an agent's words. */
const MARK_WITHIN = 256;
const MAX_DATA = 128;

export function xmlStart(text: string, at: number): number {
  const mark = text.slice(at, at + MARK_WITHIN).indexOf('<Event xmlns=');
  return mark < 0 ? -1 : at + mark;
}

/** An event as Windows renders it itself (EvtRender; learn.microsoft.com, "Event Schema"): forwarded and exported events. */
export function readEventXml(text: string, at: number): WindowsEvent | undefined {
  const id = between(text, at, '<EventID', '</EventID>')?.replace(/^[^>]{0,64}>/, '');
  if (id === undefined || !/^\d{1,6}$/.test(id)) return undefined;
  const data = new Map<string, string>();
  let from = text.indexOf('<Data Name=', at);
  for (let count = 0; from >= 0 && count < MAX_DATA; count++) {
    DATA.lastIndex = from;
    const name = DATA.exec(text);
    const end = name ? text.indexOf('</Data>', DATA.lastIndex) : -1;
    if (!name || end < 0) break;
    const value = decode(text.slice(DATA.lastIndex, end)).trim();
    if (!EMPTY.has(value)) data.set((name[1] ?? name[2]) as string, value);
    from = text.indexOf('<Data Name=', end);
  }
  return {
    id,
    channel: decoded(between(text, at, '<Channel>', '</Channel>')),
    computer: decoded(between(text, at, '<Computer>', '</Computer>')),
    provider: attribute(between(text, at, '<Provider ', '>'), 'Name'),
    time: attribute(between(text, at, '<TimeCreated ', '>'), 'SystemTime'),
    data,
    cut: !text.includes('</Event>', at),
  };
}

function between(text: string, at: number, open: string, close: string): string | undefined {
  const from = text.indexOf(open, at);
  const to = from < 0 ? -1 : text.indexOf(close, from);
  return to < 0 ? undefined : text.slice(from + open.length, to);
}

function attribute(element: string | undefined, name: string): string | undefined {
  const from = element?.indexOf(`${name}=`) ?? -1;
  if (element === undefined || from < 0) return undefined;
  const at = from + name.length + 1;
  const end = element.indexOf(element[at] as string, at + 1);
  return end < 0 ? undefined : decode(element.slice(at + 1, end));
}

const decoded = (text: string | undefined) => (text === undefined ? undefined : decode(text));

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] as string);
}
