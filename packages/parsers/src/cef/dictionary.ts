import { orLabel } from '../event/set-field.ts';
import {
  account,
  type FieldTable,
  first,
  ipOrName,
  label,
  lenientTransport,
  lower,
  named,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { canonicalIp, NO_ADDRESS } from '../values/ip.ts';

const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['success', 'success'],
  ['successful', 'success'],
  ['succeeded', 'success'],
  ['failure', 'failure'],
  ['failed', 'failure'],
  ['unknown', 'unknown'],
]);

/** Firepower's words for users that it does not know. */
const NOBODY = new Set(['No Authentication Required', 'Unknown', 'Not Found']);
/** Nothing was translated. */
const NO_PORT = new Set(['0']);

/** A host's name; an address in its place counts where there is no other. */
const hostName =
  (side: 'source' | 'destination'): Setter =>
  (draft, value) => {
    if (canonicalIp(value) === undefined) draft.text(`${side}.domain`, value);
    else if (!draft.has(`${side}.ip`)) draft.ip(`${side}.ip`, value);
  };

/**
 * The CEF dictionary (ArcSight CEF Implementation Standard 25, "Extension dictionary"), short and full names → ECS.
 * Custom fields are in labels.ts, times in times.ts. What isn't here becomes a label.
 */
export const CEF_FIELDS: FieldTable = new Map<string, Setter>([
  ...named('src sourceAddress', ipOrName('source.ip', 'source.domain')),
  ...named('shost sourceHostName', hostName('source')),
  ...named('spt sourcePort', orLabel('source.port', 'spt')),
  ...named('smac sourceMacAddress', orLabel('source.mac', 'smac')),
  ...named('suser sourceUserName', unless(NOBODY, account)),
  ...named('sntdom sourceNtDomain', text('user.domain')),
  ...named('suid sourceUserId', label('suid')),
  ...named('sourceTranslatedAddress', unless(NO_ADDRESS, orLabel('source.nat.ip', 'sourceTranslatedAddress'))),
  ...named('sourceTranslatedPort', unless(NO_PORT, orLabel('source.nat.port', 'sourceTranslatedPort'))),
  ...named('dst destinationAddress', ipOrName('destination.ip', 'destination.domain')),
  ...named('dhost destinationHostName', hostName('destination')),
  ...named('dpt destinationPort', orLabel('destination.port', 'dpt')),
  ...named('dmac destinationMacAddress', orLabel('destination.mac', 'dmac')),
  ...named('duser destinationUserName', unless(NOBODY, text('destination.user.name'))),
  ...named(
    'destinationTranslatedAddress',
    unless(NO_ADDRESS, orLabel('destination.nat.ip', 'destinationTranslatedAddress')),
  ),
  ...named('destinationTranslatedPort', unless(NO_PORT, orLabel('destination.nat.port', 'destinationTranslatedPort'))),
  ...named('proto transportProtocol', lenientTransport),
  ...named('app applicationProtocol', lower('network.protocol')),
  // Seen from the source: what it sent is `out`, what it got is `in`.
  ...named('out bytesOut', orLabel('source.bytes', 'out')),
  ...named('in bytesIn', orLabel('destination.bytes', 'in')),
  ...named('act deviceAction', lower('event.action')),
  ...named('outcome eventOutcome result', (draft, value) => {
    const word = OUTCOMES.get(value.toLowerCase());
    if (word === undefined) draft.label('outcome', value);
    else draft.text('event.outcome', word);
  }),
  // ArcSight's categories: `/Authentication/Verify`, `/Success`.
  [
    'categoryBehavior',
    (draft, value) => {
      if (value.startsWith('/Authentication')) draft.text('event.category', 'authentication');
      draft.label('categoryBehavior', value);
    },
  ],
  [
    'categoryOutcome',
    (draft, value) => {
      const word = value.slice(1).toLowerCase();
      if (word === 'success' || word === 'failure') draft.text('event.outcome', word);
    },
  ],
  ...named('reason', text('event.reason')),
  ...named('externalId', label('externalId')),
  ...named('deviceDirection', (draft, value) => {
    const direction = value === '0' ? 'inbound' : value === '1' ? 'outbound' : value.toLowerCase();
    draft.text('network.direction', direction);
  }),
  ...named('dvc deviceAddress', (draft, value) => {
    if (canonicalIp(value) === undefined) draft.label('dvc', value);
    else draft.ip('observer.ip', value);
  }),
  ...named('dvchost deviceHostName', text('observer.name')),
  ...named('deviceExternalId', text('observer.serial_number')),
  ...named('deviceInboundInterface', text('observer.ingress.interface.name')),
  ...named('deviceOutboundInterface', text('observer.egress.interface.name')),
  ...named('request requestUrl', (draft, value) => draft.text('url.original', value.replace(/^"|"$/g, ''))),
  ...named('requestMethod', text('http.request.method')),
  ...named('requestClientApplication', text('user_agent.original')),
  ...named('fname fileName', text('file.name')),
  ...named('fileHash', (draft, value) => {
    if (/^[0-9a-f]{64}$/i.test(value)) draft.text('file.hash.sha256', value.toLowerCase());
    else draft.label('fileHash', value);
  }),
  // Not of the dictionary; LEEF has `policy`, and many senders the others.
  ...named('policy rule rule_name ruleName policyName', first('rule.name', text('rule.name'))),
  ...named('sessionid session_id sessionId', text('logmaster.session.id')),
  ...named('destinationDnsDomain', first('destination.domain', text('destination.domain'))),
  ...named('sourceDnsDomain', first('source.domain', text('source.domain'))),
]);
