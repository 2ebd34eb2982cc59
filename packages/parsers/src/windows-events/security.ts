import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import type { WindowsEvent } from './event-data.ts';

type Outcome = 'success' | 'failure' | undefined;
type Kind = readonly [category: string, type: string, action: string, outcome?: Outcome];

/** Security log (learn.microsoft.com, "Appendix L: Events to Monitor", and each event's own page). */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['4624', ['authentication', 'start', 'logon', 'success']],
  ['4625', ['authentication', 'start', 'logon', 'failure']],
  ['4634', ['authentication', 'end', 'logoff']],
  ['4647', ['authentication', 'end', 'logoff']],
  ['4648', ['authentication', 'info', 'explicit credentials']],
  ['4672', ['authentication', 'info', 'special privileges']],
  ['4768', ['authentication', 'start', 'kerberos ticket granting']],
  ['4769', ['authentication', 'info', 'kerberos service ticket']],
  ['4771', ['authentication', 'start', 'kerberos pre-authentication', 'failure']],
  ['4776', ['authentication', 'start', 'credential validation']],
  ['4778', ['session', 'start', 'session reconnected']],
  ['4779', ['session', 'end', 'session disconnected']],
  ['4800', ['session', 'end', 'workstation locked']],
  ['4801', ['session', 'start', 'workstation unlocked']],
  ['4720', ['iam', 'creation', 'user created']],
  ['4722', ['iam', 'change', 'user enabled']],
  ['4723', ['iam', 'change', 'password change']],
  ['4724', ['iam', 'change', 'password reset']],
  ['4725', ['iam', 'change', 'user disabled']],
  ['4726', ['iam', 'deletion', 'user deleted']],
  ['4728', ['iam', 'change', 'member added']],
  ['4732', ['iam', 'change', 'member added']],
  ['4756', ['iam', 'change', 'member added']],
  ['4740', ['iam', 'change', 'user locked out']],
  ['4767', ['iam', 'change', 'user unlocked']],
  ['1102', ['configuration', 'deletion', 'audit log cleared']],
  ['5156', ['network', 'allowed', 'connection permitted']],
  ['5157', ['network', 'denied', 'connection blocked']],
  // Before Windows Vista.
  ['528', ['authentication', 'start', 'logon', 'success']],
  ['540', ['authentication', 'start', 'logon', 'success']],
  ...['529', '530', '531', '532', '533', '534', '535', '536', '537', '539'].map((id): [string, Kind] => [
    id,
    ['authentication', 'start', 'logon', 'failure'],
  ]),
  ['538', ['authentication', 'end', 'logoff']],
  ['551', ['authentication', 'end', 'logoff']],
  ['6272', ['authentication', 'start', 'access granted', 'success']],
  ['6273', ['authentication', 'start', 'access denied', 'failure']],
  ['6274', ['authentication', 'start', 'request discarded', 'failure']],
]);
/** Their outcome is in the status: `0x0` is left out as empty. */
const BY_STATUS = new Set(['4768', '4769', '4776']);
/** Who did it is the one in question; in all others the target is. */
const BY_SUBJECT = new Set(['4672', '4648', '1102', '5156', '5157']);
/** Names that have a place. */
const PLACED = new Set([
  ...['TargetUserName', 'TargetDomainName', 'TargetLogonId', 'IpAddress', 'IpPort', 'WorkstationName', 'Workstation'],
  ...[
    'SourceAddress',
    'SourcePort',
    'DestAddress',
    'DestPort',
    'Message',
    'message',
    'EventTime',
    'Hostname',
    'EventID',
  ],
  ...['Channel', 'SourceName', 'EventReceivedTime', 'ProviderGuid', 'Keywords', '@timestamp'],
]);

/** Sets what a Windows event tells. Events without a kind keep their id, and their data as labels. */
export function setWindowsEvent(draft: EventDraft, event: WindowsEvent): void {
  const { id, data } = event;
  draft.event['event.code'] = id;
  draft.text('observer.name', event.computer);
  draft.label('channel', event.channel);
  draft.label('provider', event.provider);
  const isSecurity = event.channel === undefined || event.channel.toLowerCase() === 'security';
  const kind = isSecurity ? KINDS.get(id) : undefined;
  if (kind) {
    const failed = data.has('Status') ? 'failure' : 'success';
    setKind(draft, kind[0], kind[1], kind[2], BY_STATUS.has(id) ? failed : kind[3]);
  } else setKind(draft, 'host', 'info', `event ${id}`);
  const subject = BY_SUBJECT.has(id) && data.has('SubjectUserName');
  draft.text('user.name', data.get(subject ? 'SubjectUserName' : 'TargetUserName') ?? data.get('SubjectUserName'));
  draft.text(
    'user.domain',
    data.get(subject ? 'SubjectDomainName' : 'TargetDomainName') ?? data.get('SubjectDomainName'),
  );
  // A logon that failed began no session: the subject's is that of the service that asked.
  const own = kind?.[1] === 'start' && kind[3] === 'failure' ? undefined : data.get('SubjectLogonId');
  draft.text('logmaster.session.id', data.get('TargetLogonId') ?? own ?? data.get('LogonID'));
  if (kind?.[0] === 'iam' && data.has('SubjectUserName')) {
    draft.text('user.name', data.get('SubjectUserName'));
    draft.text('user.domain', data.get('SubjectDomainName'));
    draft.text('destination.user.name', data.get('TargetUserName'));
  }
  setAddresses(draft, data);
  draft.text('event.reason', data.get('FailureReason') ?? data.get('SubStatus') ?? data.get('Status'));
  for (const [name, value] of data) if (!PLACED.has(name)) draft.label(name, value);
}

/** Numbers of the provider's own words. */
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['%%14592', 'inbound'],
  ['%%14593', 'outbound'],
  ['Inbound', 'inbound'],
  ['Outbound', 'outbound'],
]);

function setAddresses(draft: EventDraft, data: ReadonlyMap<string, string>): void {
  const written = data.get('IpAddress') ?? data.get('SourceAddress') ?? data.get('ClientAddress');
  // `LOCAL` for the console.
  if (written !== undefined && canonicalIp(written) !== undefined) draft.ip('source.ip', written);
  else draft.label('address', written);
  const port = data.get('IpPort') ?? data.get('SourcePort');
  if (port !== '0') draft.port('source.port', port);
  // Of a connection that the filtering platform saw: 6, 17, …
  if (data.has('DestAddress')) draft.transport(data.get('Protocol'));
  draft.ip('destination.ip', data.get('DestAddress'));
  const direction = DIRECTIONS.get(data.get('Direction') ?? '');
  if (direction !== undefined) draft.event['network.direction'] = direction;
  draft.port('destination.port', data.get('DestPort'));
  draft.text('host.name', data.get('WorkstationName') ?? data.get('Workstation'));
  // Network Policy Server: the station, as a MAC for wireless and 802.1X.
  const caller = canonicalMac(data.get('CallingStationID') ?? data.get('CallingStationIdentifier') ?? '');
  if (caller !== undefined) draft.event['source.mac'] = caller;
}
