import type { EventDraft } from '../event/draft.ts';
import { label, long, type Setter, text } from '../event/setters.ts';
import { canonicalIp, NO_ADDRESS } from '../values/ip.ts';

/** Names of the parts of a message, the longest first where one begins another. */
const NAMES =
  'Source Destination Vserver NatIP Client_ip ClientIP ClientPort VserverServiceIP VserverServicePort Nat_ip Remote_ip Context SessionId: User Total_bytes_send Total_bytes_recv Duration Start_time|Start Time|startTime End_time|End Time|endTime|Delink Time Group(s) Failure_reason Browser_type|Browser Command Status Access LogoutMethod username:domainname connectionId applicationName ClientVersion CipherSuite Reason SSLVPN_client_type Denied_by_policy'
    .split(/ (?=[A-Za-z])(?!Time)/)
    .flatMap((group) => group.split('|').map((name) => [name, group.split('|')[0] as string] as const));
/** Parts of a message; log text is hostile. */
const MAX_PARTS = 48;
const ENDPOINT = /^\[?([\da-fA-F.:]{2,45}?)\]?:(\d{1,5})$/;

/** `Source 10.0.0.5:51514 - Vserver 203.0.113.8:443 - …`: values by name. The blank before a hyphen may be missing. */
export function splitParts(said: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of said.split(/ ?- /, MAX_PARTS)) {
    const clean = part.trim();
    const found = NAMES.find(([name]) => clean.startsWith(`${name} `));
    // ICA's addresses follow brackets and a word.
    const inner = found ? undefined : /\bSource {1,2}(\S{1,64})$/.exec(clean)?.[1];
    if (inner !== undefined) parts.set('Source', inner);
    if (found && !parts.has(found[1])) parts.set(found[1], unquoted(clean.slice(found[0].length)));
  }
  return parts;
}

function unquoted(value: string): string {
  // Doubled where the record was a value of CSV.
  return value
    .trim()
    .replace(/^"{1,2}|"{1,2}$/g, '')
    .trim();
}

/** An address with its port, or alone. */
export function setEnd(
  draft: EventDraft,
  side: 'source' | 'destination',
  nat: boolean,
  value: string | undefined,
): void {
  if (value === undefined) return;
  const m = canonicalIp(value) === undefined ? ENDPOINT.exec(value) : null;
  const address = m ? m[1] : value;
  if (address === undefined || canonicalIp(address) === undefined || NO_ADDRESS.has(address)) return;
  draft.ip(nat ? `${side}.nat.ip` : `${side}.ip`, address);
  if (m) draft.port(nat ? `${side}.nat.port` : `${side}.port`, m[2]);
}

/** Parts that are a field or a label by themselves; the parser reads the others. */
export const ADC_FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['Total_bytes_send', long('source.bytes')],
  ['Total_bytes_recv', long('destination.bytes')],
  ['Group(s)', text('user.group.name')],
  ['Failure_reason', text('event.reason')],
  ['LogoutMethod', text('event.reason')],
  ['Reason', text('event.reason')],
  ['Denied_by_policy', text('rule.name')],
  ['Browser_type', text('user_agent.original')],
  ['Command', label('command')],
  ['Status', label('status')],
  ['applicationName', label('application_name')],
  ['ClientVersion', label('client_version')],
  ['CipherSuite', label('cipher_suite')],
  ['SSLVPN_client_type', label('client_type')],
]);
