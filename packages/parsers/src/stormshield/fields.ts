import type { EventDraft } from '../event/draft.ts';
import {
  account,
  country,
  first,
  ip,
  ipOrName,
  label,
  long,
  lower,
  mac,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { LEVELS } from '../syslog/severity.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const NO_MAC = new Set(['00:00:00:00:00:00']);
const NO_PROTOCOL = new Set(['unknown', 'auto']);
const NOTHING = new Set(['0']);

/** Of mail it is who shall get it. */
const destinationName: Setter = (draft, value) => {
  if (value.includes('@')) draft.text('destination.user.name', value);
  else draft.text('destination.domain', value);
};

/** `107331.18` → `event.duration`. */
const duration: Setter = (draft, value) => {
  const seconds = /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
  draft.duration(Number.isNaN(seconds) ? undefined : Math.round(seconds * 1_000_000_000));
};

const priority: Setter = (draft, value) => {
  draft.long('event.severity', value);
  const level = LEVELS[Number(value)];
  if (level !== undefined) draft.text('log.level', level);
};

/** The device's name is its serial number as long as nobody has named it. */
const device: Setter = (draft, value) => {
  draft.text('observer.name', value);
  if (/^[A-Z\d]{12,20}$/.test(value) && /\d{4}/.test(value)) draft.text('observer.serial_number', value);
};

/**
 * SNS log fields ("Description of audit logs", stormshield.eu). `modsrc` is the source after translation; `dst` is the
 * destination after translation and `origdst` before it. What isn't here becomes a label.
 */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['fw', device],
  ['pri', priority],
  ['src', ipOrName('source.ip', 'source.domain')],
  ['address', first('source.ip', ipOrName('source.ip', 'source.domain'))],
  ['srcport', port('source.port')],
  ['srcmac', unless(NO_MAC, mac('source.mac'))],
  ['srcname', text('source.domain')],
  ['srccountry', country('source')],
  ['modsrc', ip('source.nat.ip')],
  ['modsrcport', port('source.nat.port')],
  ['dst', unless(NO_ADDRESS, ipOrName('destination.ip', 'destination.domain'))],
  ['dstport', port('destination.port')],
  ['dstmac', unless(NO_MAC, mac('destination.mac'))],
  ['dstname', destinationName],
  ['dstcountry', country('destination')],
  ['srcif', first('observer.ingress.interface.name', text('observer.ingress.interface.name'))],
  ['srcifname', text('observer.ingress.interface.name')],
  ['dstif', first('observer.egress.interface.name', text('observer.egress.interface.name'))],
  ['dstifname', text('observer.egress.interface.name')],
  ['ipproto', (draft, value) => draft.transport(value)],
  ['proto', unless(NO_PROTOCOL, lower('network.protocol'))],
  ['user', account],
  ['domain', text('user.domain')],
  ...named('usergroup groupname', text('user.group.name')),
  ['ruleid', unless(NOTHING, text('rule.id'))],
  ['rulename', text('rule.name')],
  ['cat_site', text('rule.category')],
  ['action', lower('event.action')],
  ['sent', long('source.bytes')],
  ['rcvd', long('destination.bytes')],
  ['duration', duration],
  ['op', text('http.request.method')],
  ['filename', text('file.name')],
  ['alarmid', text('event.code')],
  ['msg', text('event.reason')],
  ['sessionid', text('logmaster.session.id')],
]);

/** Names that repeat another one's meaning, and what the parser itself reads. */
const LEFT_OUT = new Set(['id', 'time', 'startime', 'tz', 'logtype', 'origdst', 'origdstport', 'ipv', 'arg', 'result']);

export function applyField(draft: EventDraft, name: string, value: string): void {
  if (LEFT_OUT.has(name)) return;
  (FIELDS.get(name) ?? label(name))(draft, value);
}

/** Destination before and after translation: `origdst` is the one that was asked for. */
export function setDestination(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const asked = pairs.get('origdst');
  if (asked === undefined || asked === '' || asked === pairs.get('dst')) return;
  const { event } = draft;
  const translated = event['destination.ip'];
  const translatedPort = event['destination.port'];
  draft.ip('destination.ip', asked);
  draft.port('destination.port', pairs.get('origdstport'));
  if (translated !== undefined) event['destination.nat.ip'] = translated;
  if (translatedPort !== undefined) event['destination.nat.port'] = translatedPort;
}
