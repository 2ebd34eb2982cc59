import {
  account,
  type FieldTable,
  ip,
  label,
  long,
  lower,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../../event/setters.ts';
import { setUrl } from '../../event/url.ts';
import { classifySonicwall } from '../../sonicwall/classify.ts';
import { milliseconds, sonicwallRule } from '../../sonicwall/fields.ts';
import { canonicalIp } from '../../values/ip.ts';
import { protocol } from '../../welf/fields.ts';
import type { Pairs } from '../extension.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** `22 Category-"Computers"`: the web filter's category. */
const reason: Setter = (draft, value) => {
  const category = /Category-"?([^"]{1,128})/.exec(value)?.[1];
  draft.text(category === undefined ? 'event.reason' : 'rule.category', category ?? value);
};

/** SonicOS' additions to the dictionary (SonicOS Log Events Reference Guide, "ArcSight syslog tags"). */
const FIELDS: FieldTable = new Map([
  ['proto', protocol],
  ['susr', unless(new Set(['Unknown', 'Unknown (SSO failed)']), account)],
  ...named('sntaddr natSrc', ip('source.nat.ip')),
  ['snpt', port('source.nat.port')],
  ...named('dntaddr natDst', ip('destination.nat.ip')),
  ['dnpt', port('destination.nat.port')],
  ['dstV6', ip('destination.ip')],
  ['srcV6', ip('source.ip')],
  ['rule', sonicwallRule],
  ['srcZone', text('observer.ingress.zone')],
  ['dstZone', text('observer.egress.zone')],
  ['spkt', long('source.packets')],
  ['rpkt', long('destination.packets')],
  ['cdur', milliseconds],
  ['note', text('event.reason')],
  ['reason', reason],
  ['request', (draft, value) => setUrl(draft, value)],
  ['msg', text('event.reason')],
  // A number; its name stands apart.
  ['app', label('app')],
  ['appName', lower('network.application')],
  ['cat', label('cat')],
]);

/** SonicOS with ArcSight (CEF) as its syslog format: the message id is the event's class. */
export const sonicwallProduct: CefProduct = {
  matches: (vendor) => vendor === 'sonicwall',

  read(draft, { name }, written) {
    const pairs = withNames(written);
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    const { event } = draft;
    event['event.dataset'] = 'sonicwall.firewall';
    event['observer.vendor'] = 'SonicWall';
    event['observer.type'] = 'firewall';
    classifySonicwall(draft, name, pairs.get('fw_action') ?? '');
    return time;
  },
};

/**
 * SonicOS 7 writes some values where the name of a custom field belongs (`cs3Label=LAN`, `cn3Label=33016`), in this order of
 * the enhanced form: translated ends, zones, session, packets and duration. `cs1` and `cs6` are the rule and the note.
 */
const MISPLACED: readonly (readonly [key: string, name: string, isValue: (value: string) => boolean])[] = [
  ['cs1Label', 'natSrc', (value) => canonicalIp(value) !== undefined],
  ['cs2Label', 'natDst', (value) => canonicalIp(value) !== undefined],
  ['cs3Label', 'srcZone', () => true],
  ['cs4Label', 'dstZone', () => true],
  ['cs5Label', 'sess', () => true],
  ['cn1Label', 'rpkt', (value) => /^\d{1,16}$/.test(value)],
  ['cn2Label', 'spkt', (value) => /^\d{1,16}$/.test(value)],
  ['cn3Label', 'cdur', (value) => /^\d{1,16}$/.test(value)],
];

/** Values without quotes, and each under the name it has in SonicOS' own form. */
function withNames(written: Pairs): Pairs {
  const names = new Map<string, string>();
  for (const [key, name, isValue] of MISPLACED) {
    const value = unquoted(written.get(key));
    // A label proper has its field, save for the addresses, whose `cs1` is the rule.
    if (value !== undefined && isValue(value) && (name.startsWith('nat') || !written.has(key.slice(0, 3)))) {
      names.set(key, name);
    }
  }
  if (names.has('cs1Label') || !written.has('cs1Label')) names.set('cs1', 'rule');
  if (!written.has('cs6Label')) names.set('cs6', 'note');
  return new Map([...written].map(([key, value]) => [names.get(key) ?? key, unquoted(value) as string]));
}

function unquoted(value: string | undefined): string | undefined {
  return value?.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
}
