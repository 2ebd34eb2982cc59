import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readPairs } from '../key-value/pairs.ts';
import { canonicalIp } from '../values/ip.ts';
import type { VendorTime } from '../vendor.ts';

/** `[node=gw ]type=USER_LOGIN msg=audit(1795452991.123:45): ` */
const HEAD =
  /(?:node=([^ ]{1,255}) )?type=([A-Z][A-Z\d_]{2,32}|UNKNOWN\[\d{1,6}\]) msg=audit\((\d{9,11})\.(\d{3}):(\d{1,10})\): ?/y;

type Kind = readonly [category: string, type: string];
/** Types of the user space (linux-audit, "audit record types") that tell of people. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...['USER_LOGIN', 'USER_AUTH', 'USER_START', 'LOGIN', 'GRP_AUTH', 'ACCT_LOCK'].map(
    (type) => [type, ['authentication', 'start']] as const,
  ),
  ...['USER_LOGOUT', 'USER_END', 'CRED_DISP'].map((type) => [type, ['authentication', 'end']] as const),
  ...['USER_ACCT', 'USER_ERR', 'CRED_ACQ', 'CRED_REFR', 'USER_CHAUTHTOK'].map(
    (type) => [type, ['authentication', 'info']] as const,
  ),
  ...['ADD_USER', 'ADD_GROUP'].map((type) => [type, ['iam', 'creation']] as const),
  ...['DEL_USER', 'DEL_GROUP'].map((type) => [type, ['iam', 'deletion']] as const),
  ...['USER_MGMT', 'GRP_MGMT', 'USER_ROLE_CHANGE'].map((type) => [type, ['iam', 'change']] as const),
  ['USER_CMD', ['process', 'start']],
  ['NETFILTER_CFG', ['configuration', 'change']],
  ['CONFIG_CHANGE', ['configuration', 'change']],
]);
const PLACED = new Set(['acct', 'addr', 'hostname', 'res', 'ses', 'msg', 'type', 'node', 'success']);
/** What -1 looks like as an unsigned number: no session, no login. */
const UNSET = '4294967295';

export function isAudit(text: string, at: number): boolean {
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/** A record of Linux' audit system, from auditd's file or its syslog plugin. The kernel's own types keep their members as labels. */
export function readAudit(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [, node, type = '', seconds, millis, serial] = head;
  const values = new Map<string, string>();
  // User space puts its part into `msg='…'`; `log_format = ENRICHED` adds names behind a separator.
  const said = text
    .slice(HEAD.lastIndex)
    .replaceAll('\u001d', ' ')
    .replace("msg='", '')
    .replace(/'(?= |$)/, '');
  readPairs(said, 0, (key, value) => {
    if (!values.has(key)) values.set(key, value);
  });
  const result = values.get('res') ?? values.get('success');
  const outcome = result === undefined ? undefined : /^(?:success|1|yes)$/.test(result) ? 'success' : 'failure';
  const [category, kind] = KINDS.get(type) ?? ['host', 'info'];
  setKind(draft, category, kind, values.get('op')?.replace(/^PAM:/, '') ?? type, outcome);
  draft.event['event.dataset'] = 'linux.audit';
  draft.event['event.code'] = type;
  draft.text('observer.name', node);
  const account =
    decodeName(values.get('acct')) ?? values.get('ID') ?? (category === 'host' ? undefined : values.get('AUID'));
  draft.text('user.name', account);
  const address = values.get('addr') ?? values.get('laddr');
  if (address !== undefined && canonicalIp(address) !== undefined) draft.ip('source.ip', address);
  const peer = values.get('hostname');
  if (peer !== undefined && peer !== '?' && canonicalIp(peer) === undefined) draft.text('source.domain', peer);
  const session = values.get('ses');
  if (session !== undefined && session !== UNSET) draft.text('logmaster.session.id', `audit ${session}`);
  draft.label('serial', serial);
  for (const [key, value] of values) if (!PLACED.has(key) && value !== '?' && value !== UNSET) draft.label(key, value);
  return { micros: Number(seconds) * 1e6 + Number(millis) * 1000 };
}

/** Names with unusual characters are written as hex digits without quotes; an all-digit or odd word is a name. */
function decodeName(written: string | undefined): string | undefined {
  if (written === undefined || written === '?' || written === '(unknown)') return undefined;
  if (!/^(?:[\dA-F]{2}){2,64}$/.test(written) || !/[A-F]/.test(written)) return written;
  return Buffer.from(written, 'hex').toString('utf8');
}
