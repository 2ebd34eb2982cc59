import { splitCsv } from '../csv/split.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { utcMicros } from '../time/read-time.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import type { VendorTime } from '../vendor.ts';

/** Columns of the database-compatible format (learn.microsoft.com, "Interpret NPS Database Format Log Files"). */
const COLUMNS = [
  ...[
    'Computer-Name',
    'Service-Name',
    'Record-Date',
    'Record-Time',
    'Packet-Type',
    'User-Name',
    'Fully-Qualified-Name',
  ],
  ...['Called-Station-Id', 'Calling-Station-Id', 'Callback-Number', 'Framed-IP-Address', 'NAS-Identifier'],
  ...['NAS-IP-Address', 'NAS-Port', 'Client-Vendor', 'Client-IP-Address', 'Client-Friendly-Name', 'Event-Timestamp'],
  ...['Port-Limit', 'NAS-Port-Type', 'Connect-Info', 'Framed-Protocol', 'Service-Type', 'Authentication-Type'],
  ...['NP-Policy-Name', 'Reason-Code', 'Class', 'Session-Timeout', 'Idle-Timeout', 'Termination-Action'],
  ...['EAP-Friendly-Name', 'Acct-Status-Type', 'Acct-Delay-Time', 'Acct-Input-Octets', 'Acct-Output-Octets'],
  ...['Acct-Session-Id', 'Acct-Authentic', 'Acct-Session-Time', 'Acct-Input-Packets', 'Acct-Output-Packets'],
  'Acct-Terminate-Cause',
];
/** `"NPS01","IAS",11/23/2026,19:56:31,` */
const CSV = /"[^"]{1,64}","(?:IAS|RAS)",(\d\d)\/(\d\d)\/(\d{4}),(\d\d):(\d\d):(\d\d),/y;
/** The DTS-compliant format: `<Timestamp data_type="4">11/23/2026 19:56:31.123</Timestamp>`. */
const ELEMENT = /<([A-Za-z-]{2,48}) data_type="\d">([^<]{0,1024})<\//g;
const TIMESTAMP = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/;
const MAX_ELEMENTS = 96;
/** Names that have a place, or say nothing. */
const PLACED = new Set([
  ...[
    'Computer-Name',
    'Service-Name',
    'Event-Source',
    'Record-Date',
    'Record-Time',
    'Timestamp',
    'Packet-Type',
    'Class',
  ],
  ...['User-Name', 'Framed-IP-Address', 'Calling-Station-Id', 'Acct-Session-Id', 'Acct-Session-Time', 'NP-Policy-Name'],
  ...['Acct-Input-Octets', 'Acct-Output-Octets', 'Acct-Input-Packets', 'Acct-Output-Packets'],
]);

export function isNps(text: string, at: number): boolean {
  if (text.startsWith('<Event><Timestamp data_type=', at)) return true;
  if (text.charCodeAt(at) !== 0x22) return false;
  CSV.lastIndex = at;
  return CSV.test(text);
}

/** Microsoft's Network Policy Server: RADIUS logins and accounting, in both of its formats. */
export function readNps(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const attributes = text.charCodeAt(at) === 0x3c ? readElements(text.slice(at)) : readColumns(text.slice(at));
  const get = (name: string) => attributes.get(name);
  setPacket(draft, get('Packet-Type'), get('Acct-Status-Type'), get('Reason-Code'));
  draft.event['network.protocol'] = 'radius';
  // What the client gave, and whom NPS took it for.
  const account = get('Fully-Qualified-Name') ?? get('SAM-Account-Name');
  setUser(draft, get('User-Name') ?? account);
  if (!draft.has('user.domain')) draft.text('user.domain', /^([^\\/]{1,64})\\/.exec(account ?? '')?.[1]);
  draft.ip('source.ip', get('Framed-IP-Address'));
  setCaller(draft, get('Calling-Station-Id'));
  draft.text('logmaster.session.id', get('Acct-Session-Id'));
  draft.text('rule.name', get('NP-Policy-Name'));
  draft.text('observer.name', get('Computer-Name'));
  // Accounting counts from the device's side: input is what the user sent.
  draft.long('source.bytes', get('Acct-Input-Octets'));
  draft.long('destination.bytes', get('Acct-Output-Octets'));
  draft.long('source.packets', get('Acct-Input-Packets'));
  draft.long('destination.packets', get('Acct-Output-Packets'));
  draft.seconds(get('Acct-Session-Time'));
  for (const [name, value] of attributes) if (!PLACED.has(name)) draft.label(name, value);
  return { written: () => writtenTime(get('Timestamp') ?? `${get('Record-Date')} ${get('Record-Time')}`) };
}

/** RFC 2865 §3 and RFC 2866 §5.1. */
function setPacket(
  draft: EventDraft,
  type: string | undefined,
  status: string | undefined,
  reason: string | undefined,
) {
  if (type === '2') setKind(draft, 'authentication', 'start', 'access-accept', 'success');
  else if (type === '3') setKind(draft, 'authentication', 'start', 'access-reject', 'failure');
  else if (type === '4' && status === '1') setKind(draft, 'session', 'start', 'accounting start');
  else if (type === '4' && status === '2') setKind(draft, 'session', 'end', 'accounting stop');
  else
    setKind(draft, 'session', 'info', type === '4' ? 'accounting' : type === '1' ? 'access-request' : `packet ${type}`);
  if (type === '3') draft.text('event.reason', reason === undefined ? undefined : `reason code ${reason}`);
}

/** `EXAMPLE\ayse` */
function setUser(draft: EventDraft, written: string | undefined): void {
  const backslash = written?.indexOf('\\') ?? -1;
  draft.text('user.name', backslash < 0 ? written : written?.slice(backslash + 1));
  if (backslash > 0) draft.text('user.domain', written?.slice(0, backslash));
}

function setCaller(draft: EventDraft, caller: string | undefined): void {
  if (caller === undefined) return;
  if (canonicalMac(caller) !== undefined) draft.mac('source.mac', caller);
  else if (canonicalIp(caller) !== undefined) draft.label('client_ip', caller);
  else draft.label('caller', caller);
}

function readElements(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(ELEMENT)) {
    if (found.size >= MAX_ELEMENTS) break;
    if (value !== '') found.set(name, value);
  }
  return found;
}

function readColumns(text: string): Map<string, string> {
  const values = splitCsv(text, 0, COLUMNS.length);
  const named = COLUMNS.map((name, place) => [name, values[place] ?? ''] as const);
  return new Map(named.filter(([, value]) => value !== ''));
}

function writtenTime(text: string): WrittenTime | undefined {
  const m = TIMESTAMP.exec(text);
  if (!m) return undefined;
  const [month, day, year, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = utcMicros(year, month - 1, day, hour, minute, second, m[7]);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
