import type { EventDraft } from '../event/draft.ts';
import {
  account,
  first,
  ip,
  ipOrName,
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

const NOBODY = new Set(['**', 'unknown', 'Unknown', '--', '_system_', 'null', 'NULL']);
const NOTHING = new Set(['0', '0.0.0.0', '::', '--', 'NULL', 'null']);
const NO_MAC = new Set(['0000-0000-0000', '00-00-00-00-00-00', '00:00:00:00:00:00']);

/** `*` stands for any page of a host. */
const setPage: Setter = (draft, value) => {
  if (value === '*') return;
  draft.text('url.original', value);
  draft.text('url.path', value.split('?', 1)[0]);
};

const setHost: Setter = (draft, value) => {
  draft.text('url.domain', value);
  draft.text('destination.domain', value);
};

/**
 * Keys of USG, Eudemon, NE, AR and S devices (log references, chapters by module), in lower case, without blanks, `-` and `_`.
 * Which of them stand in a message depends on the module; what isn't here becomes a label.
 */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...named('sourceip srcip sourceaddress sourceipaddress srcipaddress', ip('source.ip')),
  ...named(
    'ip ipaddress ipaddr userip useripaddress clientip remoteip remoteaddress loginip',
    first('source.ip', unless(NOBODY, ipOrName('source.ip', 'source.domain'))),
  ),
  ...named('sourceport srcport', port('source.port')),
  ...named('destinationip dstip destip destinationaddress dstipaddress', ip('destination.ip')),
  ...named('peeraddress peerip dsthost', first('destination.ip', ipOrName('destination.ip', 'destination.domain'))),
  ...named('destinationport dstport destport', port('destination.port')),
  ['peerport', first('destination.port', port('destination.port'))],
  ...named('sourcenatip srcnatip natsourceip sourcenataddress', unless(NOTHING, ip('source.nat.ip'))),
  ...named('sourcenatport srcnatport natsourceport', unless(NOTHING, port('source.nat.port'))),
  ...named('destinationnatip dstnatip destnatip', unless(NOTHING, ip('destination.nat.ip'))),
  ...named('destinationnatport dstnatport destnatport', unless(NOTHING, port('destination.nat.port'))),
  ['protocol', lenientTransport],
  ...named('sourcezone srczone', text('observer.ingress.zone')),
  ...named('destinationzone dstzone destzone', text('observer.egress.zone')),
  ...named('sourceinterface ingressinterface ininterface', text('observer.ingress.interface.name')),
  ['interface', first('observer.ingress.interface.name', text('observer.ingress.interface.name'))],
  ...named('outinterface egressinterface', text('observer.egress.interface.name')),
  ...named('applicationname application appname', text('network.application')),
  ...named('rulename policyname policy', first('rule.name', text('rule.name'))),
  ...named('user username account', first('user.name', unless(NOBODY, account))),
  ...named('parentgroup usergroup', text('user.group.name')),
  ...named('usermac macaddress mac sourcemac usermacaddress clientmac', unless(NO_MAC, mac('source.mac'))),
  ...named('sendbytes sentbytes', long('source.bytes')),
  ...named('rcvbytes receivedbytes recvbytes', long('destination.bytes')),
  ...named('sendpkts sentpkts', long('source.packets')),
  ...named('rcvpkts receivedpkts recvpkts', long('destination.packets')),
  ...named('closereason failedreason reason failurereason offlinereason', text('event.reason')),
  ...named('signid virusid', text('rule.id')),
  ['page', setPage],
  ['host', setHost],
  ['filename', text('file.name')],
  ['vlan', text('network.vlan.id')],
  ['sessionid', text('logmaster.session.id')],
  // Told by others, or by the message itself.
  ...named('ipver begintime endtime', () => undefined),
]);

export function setHuaweiField(draft: EventDraft, key: string, value: string): void {
  const name = key.toLowerCase().replace(/[ _-]/g, '');
  (FIELDS.get(name) ?? label(key.trim().replace(/[ /]/g, '_')))(draft, value);
}
