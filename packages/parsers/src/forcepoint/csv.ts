import { splitCsv } from '../csv/split.ts';
import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { applyField } from './fields.ts';

/** What the log server writes first in all its forms, in this order; NAT's four follow the rule where they were chosen. */
const NAMES =
  'Timestamp LogId NodeId Facility Type Event Action Src Dst Service Protocol Sport Dport RuleId NatSrc NatDst NatSport NatDport'.split(
    ' ',
  );
const MAX_VALUES = 80;
/** Timestamp, number of the entry, node, and the facility. */
const HEAD =
  /"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"?,"?-?\d{1,20}"?,"?[\da-fA-F.:]{2,45}"?,"?(?:Packet [Ff]iltering|Inspection|Authentication|Management|Cluster|IPsec|VPN|System|State [Ss]ynchronization|User [Aa]uthentication|Access Control|Logging System|Protocol Agent|Connection [Tt]racking)"?,/y;

/** Is it an entry of the log server as comma separated values? */
export function isCsv(text: string, at: number): boolean {
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/** An entry by place. The result: its pairs by the names that the other forms have; values behind the known are labels. */
export function readCsv(text: string, at: number, draft: EventDraft): ReadonlyMap<string, string> {
  const values = splitCsv(text, at, MAX_VALUES);
  const pairs = new Map<string, string>();
  const known = canonicalIp(values[14] ?? '') === undefined ? 14 : NAMES.length;
  for (const [i, value] of values.entries()) {
    const name = i < known ? (NAMES[i] as string) : `column_${i + 1}`;
    pairs.set(name.toLowerCase(), value);
    applyField(draft, name, value);
  }
  return pairs;
}
