import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { type NamedValue, STATUS_TYPES } from '../radius/attributes.ts';
import { FIELDS, setAccounting } from '../radius/session.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';

/** Names that stand among the first of a packet. */
const MARKS = ['Acct-Status-Type = ', 'Packet-Type = '];
const MARK_WITHIN = 4096;
const MAX_PAIRS = 256;
/** `Mon Nov 23 19:56:31 2026`, ctime(3) */
const CTIME = /^(?:[A-Z][a-z]{2} )([A-Z][a-z]{2} [ \d]\d) (\d\d:\d\d:\d\d) (\d{4})\s/;
const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries(STATUS_TYPES).map(([number, word]) => [word.toLowerCase(), Number(number)]),
);

export function isRadiusDetail(text: string, at: number): boolean {
  const head = text.slice(at, at + MARK_WITHIN);
  return MARKS.some((mark) => head.includes(mark)) && head.includes('User-Name = ');
}

/**
 * A packet of FreeRADIUS' detail files (rlm_detail): the time, then one attribute a line, `\tUser-Name = "ayse"`. What
 * carries the file may put commas or blanks in the place of the line's ends.
 */
export function readRadiusDetail(text: string, draft: EventDraft): VendorTime | undefined {
  const values = new Map<string, NamedValue>();
  const separator = text.includes('\n') ? '\n' : text.includes('\t') ? '\t' : ', ';
  for (const line of text.split(separator, MAX_PAIRS)) {
    const equals = line.indexOf(' = ');
    const name = line.slice(0, Math.max(0, equals)).trim().split(' ').at(-1) ?? '';
    if (equals < 0 || !/^[A-Za-z][\w:-]{1,63}$/.test(name) || values.has(name)) continue;
    values.set(
      name,
      readValue(
        name,
        line
          .slice(equals + 3)
          .trim()
          .replace(/,$/, ''),
      ),
    );
  }
  draft.event['network.protocol'] = 'radius';
  setAccounting(draft, values);
  if (!values.has('Acct-Status-Type')) {
    const packet = values.get('Packet-Type')?.text?.toLowerCase() ?? 'access-request';
    const outcome = packet === 'access-accept' ? 'success' : packet === 'access-reject' ? 'failure' : undefined;
    setKind(draft, 'authentication', outcome === undefined ? 'info' : 'start', packet, outcome);
  }
  draft.event['observer.type'] = 'radius-server';
  for (const [name, { text: value }] of values) if (!FIELDS.has(name)) draft.label(name, value);
  return timeOf(text, values);
}

function readValue(name: string, written: string): NamedValue {
  const quoted = written.startsWith('"') && written.endsWith('"') && written.length > 1;
  const text = quoted ? written.slice(1, -1).replace(/\\(["\\])/g, '$1') : written;
  if (name === 'Acct-Status-Type') return { name, text, number: NUMBERS.get(text.toLowerCase()) ?? 0 };
  return /^\d{1,15}$/.test(text) ? { name, text, number: Number(text) } : { name, text };
}

function timeOf(text: string, values: ReadonlyMap<string, NamedValue>): VendorTime | undefined {
  const epoch = values.get('Timestamp')?.number;
  if (epoch !== undefined && epoch > 0 && epoch < 1e11) return { micros: epoch * MICROS_PER_SECOND };
  const m = CTIME.exec(text);
  return m ? { written: () => readTime(`${m[1]} ${m[3]} ${m[2]}`, 0)?.time } : undefined;
}
