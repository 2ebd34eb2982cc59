import type { EventDraft } from '../event/draft.ts';
import { account, first, ip, ipOrName, label, mac, named, port, type Setter, text, unless } from '../event/setters.ts';
import { setUrl } from '../event/url.ts';
import { LEVELS } from '../syslog/severity.ts';
import { readEndpoint } from '../values/endpoint.ts';

const NO_MAC = new Set(['00-00-00-00-00-00', '00:00:00:00:00:00']);
const NOBODY = new Set(['none', 'None']);

/** 0 is debug and 7 emergency: syslog's order turned round. */
const priority: Setter = (draft, value) => {
  const level = /^[0-7]$/.test(value) ? LEVELS[7 - Number(value)] : undefined;
  if (level !== undefined) draft.text('log.level', level);
  draft.long('event.severity', value);
};

/**
 * Parameters of cOS Core log messages (Log Reference Guide, "Log Message Parameters" and the conditional parameters of
 * connections, packets and users). `new…` are the translated ends. What isn't here becomes a label.
 */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['prio', priority],
  ['id', text('event.code')],
  ...named('connsrcip srcip', ipOrName('source.ip', 'source.domain')),
  ['ipaddr', ipOrName('source.ip', 'source.domain')],
  ['local_ip', first('destination.ip', ip('destination.ip'))],
  ['remote_peer', peer('source.ip', 'source.port')],
  ['local_peer', peer('destination.ip', 'destination.port')],
  ...named('client_ip clientip ip remote_ip', first('source.ip', ipOrName('source.ip', 'source.domain'))),
  ...named('connsrcport srcport', port('source.port')),
  ...named('client_port remote_port', first('source.port', port('source.port'))),
  ...named('connsrcmac srcmac client_hw clienthw hwsender hwsrc', unless(NO_MAC, mac('source.mac'))),
  ...named('conndestip destip', ipOrName('destination.ip', 'destination.domain')),
  ['server_ip', first('destination.ip', ip('destination.ip'))],
  ...named('conndestport destport', port('destination.port')),
  ['server_port', first('destination.port', port('destination.port'))],
  ...named('conndestmac destmac hwdest', unless(NO_MAC, mac('destination.mac'))),
  ...named('connnewsrcip newconnsrcip newsrcip', ip('source.nat.ip')),
  ...named('connnewsrcport newconnsrcport newsrcport', port('source.nat.port')),
  ...named('connnewdestip newconndestip newdestip', ip('destination.nat.ip')),
  ...named('connnewdestport newconndestport newdestport', port('destination.nat.port')),
  ...named('connipproto ipproto', transport),
  ...named('connrecvif recvif', text('observer.ingress.interface.name')),
  ...named('conndestif destif', text('observer.egress.interface.name')),
  ...named('connrecvzone recvzone', text('observer.ingress.zone')),
  ...named('conndestzone destzone', text('observer.egress.zone')),
  ...named('srcusername username connsrcuser user', unless(NOBODY, account)),
  ['destusername', text('destination.user.name')],
  ...named('usergroups srcusergroups', text('user.group.name')),
  ['rule', text('rule.name')],
  ['conntime', (draft, value) => draft.seconds(value)],
  ['reason', text('event.reason')],
  ['categories', text('rule.category')],
  ['url', setUrl],
  ['hostname', text('host.name')],
  ['application', text('network.application')],
  ['filename', text('file.name')],
]);

/** `192.0.2.5:500 ID (null)`: an end of an IKE SA. */
function peer(address: 'source.ip' | 'destination.ip', ports: 'source.port' | 'destination.port'): Setter {
  return (draft, value) => {
    const end = readEndpoint(value.split(' ', 1)[0] ?? '', true);
    if (end === undefined || draft.event[address] !== undefined) return;
    draft.ip(address, end.ip);
    draft.port(ports, end.port);
  };
}

/** `TCP`, `6`, `ICMP`; other words are labels. */
function transport(draft: EventDraft, value: string): void {
  if (/^(?:\d{1,3}|TCP|UDP|ICMP|ICMPv6|IGMP|GRE|ESP|AH|OSPF|SCTP|PIM|VRRP|IPv6-ICMP)$/i.test(value))
    draft.transport(value);
  else draft.label('ipproto', value);
}

export function applyField(draft: EventDraft, name: string, value: string): void {
  (FIELDS.get(name) ?? label(name))(draft, value);
}
