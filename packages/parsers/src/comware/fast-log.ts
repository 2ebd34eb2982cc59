import type { EventDraft } from '../event/draft.ts';
import {
  account,
  first,
  ip,
  label,
  lenientTransport,
  long,
  mac,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { setUrl } from '../event/url.ts';

/** `SrcIPAddr(1003)=10.70.0.5;`: the number says the key in all languages. */
const KEY = /(?:^|[;:]) {0,2}([A-Za-z]\w{0,39})\((\d{4})\)=/g;
const NOTHING = new Set(['--', '0.0.0.0', '::', '0']);
const NOBODY = new Set(['--', 'N/A', '**', '']);

/** Keys of "fast log output" (Comware 7 log references; SecPath, SR, MSR), in lower case; what isn't here is a label. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['protocol', lenientTransport],
  ['application', text('network.application')],
  ...named('srcipaddr srcipv6addr', ip('source.ip')),
  ['srcport', port('source.port')],
  ...named('srcmacaddr macaddr srcmac', mac('source.mac')),
  ...named('dstipaddr dstipv6addr', ip('destination.ip')),
  ['dstport', port('destination.port')],
  ...named('natsrcipaddr natsrcipv6addr', unless(NOTHING, ip('source.nat.ip'))),
  ['natsrcport', unless(NOTHING, port('source.nat.port'))],
  ...named('natdstipaddr natdstipv6addr', unless(NOTHING, ip('destination.nat.ip'))),
  ['natdstport', unless(NOTHING, port('destination.nat.port'))],
  ['initbytecount', long('source.bytes')],
  ['initpktcount', long('source.packets')],
  ['rplybytecount', long('destination.bytes')],
  ['rplypktcount', long('destination.packets')],
  ['srczonename', text('observer.ingress.zone')],
  ['dstzonename', text('observer.egress.zone')],
  ...named('rcvifname srcifname', text('observer.ingress.interface.name')),
  ['sndifname', text('observer.egress.interface.name')],
  ['ruleid', text('rule.id')],
  ['rulename', text('rule.name')],
  ...named('securitypolicy objectpolicy policyname', first('rule.ruleset', text('rule.ruleset'))),
  ...named('username user', unless(NOBODY, account)),
  ['attackname', text('rule.name')],
  ['virusname', text('rule.name')],
  ['attackid', text('rule.id')],
  ['url', (draft, value) => setUrl(draft, value)],
  ...named('begintime_e endtime_e', () => undefined),
  ...named('urlhost hostname host', text('url.domain')),
  ['filename', text('file.name')],
  ['vlanid', text('network.vlan.id')],
]);

/** Reads `Key(1003)=value;` pairs and sets their fields. The result: by lower-case key, as written. */
export function readFastLog(said: string, draft: EventDraft): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  KEY.lastIndex = 0;
  let key = KEY.exec(said);
  while (key) {
    const at = KEY.lastIndex;
    const next = KEY.exec(said);
    const end = next?.index ?? said.length;
    const name = (key[1] as string).toLowerCase();
    const value = trimEnd(said.slice(at, end));
    if (!pairs.has(name)) {
      pairs.set(name, value);
      if (value !== '--') (FIELDS.get(name) ?? label(key[1] as string))(draft, value);
    }
    key = next;
  }
  return pairs;
}

/** Some modules end with a full stop. */
function trimEnd(value: string): string {
  const text = value.trim();
  if (text.endsWith(';')) return text.slice(0, -1).trim();
  return text.endsWith('.') ? text.slice(0, -1) : text;
}
