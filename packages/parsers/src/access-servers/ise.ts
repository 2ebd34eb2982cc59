import type { EventDraft } from '../event/draft.ts';
import { account } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { levelWord } from '../syslog/severity.ts';
import { readTime } from '../time/read-time.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';
import { readIseAttributes } from './ise-attributes.ts';
import { readAlarm, readShellSignIn, setMeaning } from './ise-meaning.ts';

const MARKS = ['CISE_', 'CSCOacs_'];
/** Behind a relay's header and ISE's own. */
const REACH = 320;
/**
 * Category, number of the message, how many parts it has and which this one is; the first part also has its time, sequence, code,
 * severity, class and text ("Cisco ISE Syslogs").
 */
const HEAD =
  /\b(CISE|CSCOacs)_([A-Za-z_]{3,64}) (\d{1,12}) (\d{1,3}) (\d{1,3}) {1,2}(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) ([+-]\d\d:\d\d) \d{1,12} (\d{4,5}) ([A-Z]{3,8}) {1,2}([\w -]{2,64}): ([^,]{0,256}),? ?)?/;
/** RFC 2865 §5.8: no address, or any. */
const NO_ADDRESS = new Set(['255.255.255.255', '255.255.255.254', '0.0.0.0', '::']);
const GIGAWORD = 2 ** 32;
const FATAL: ReadonlyMap<string, string> = new Map([['FATAL', 'emergency']]);
/** Names that have a field. */
const PLACED = new Set(
  (
    'UserName User-Name User AdminName GuestUserName Framed-IP-Address Framed-IPv6-Address Remote-Address AdminIPAddress IpAddress Calling-Station-ID ' +
    'EndPointMACAddress FailureReason Acct-Terminate-Cause AuthorizationPolicyMatchedRule audit-session-id CPMSessionID Acct-Session-Id ' +
    'Acct-Session-Time elapsed_time task_id Acct-Input-Octets Acct-Output-Octets Acct-Input-Gigawords Acct-Output-Gigawords Acct-Input-Packets Acct-Output-Packets Protocol'
  ).split(' '),
);

function headOf({ text }: VendorInput): RegExpExecArray | null {
  const head = text.slice(0, REACH);
  return MARKS.some((mark) => head.includes(mark)) ? HEAD.exec(text.slice(0, 2 * REACH)) : null;
}

export function isIse(input: VendorInput): boolean {
  return headOf(input) !== null || input.text.slice(0, REACH).includes(' CISE_Alarm ');
}

/** Cisco ISE and Secure ACS: who signed in to a network or a device, accounting, and what administrators did. */
export function readIse(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const head = headOf(input);
  if (!head) {
    if (!readAlarm(input.text, draft)) draft.fail('message', 'unexpected wording of an alarm');
    return undefined;
  }
  const [all, product, category = '', number, parts, part, stamp, offset, code, severity = '', kind = '', said = ''] =
    head;
  const { event } = draft;
  event['observer.product'] = product === 'CISE' ? 'ISE' : 'Secure ACS';
  event['event.dataset'] = product === 'CISE' ? 'cisco.ise' : 'cisco.acs';
  event.message = input.text.slice(head.index);
  const attributes = readIseAttributes(input.text, head.index + all.length);
  draft.text('event.code', code);
  if (severity !== '') draft.text('log.level', FATAL.get(severity) ?? levelWord(severity));
  draft.label('category', category);
  // The parts of a message have its number.
  if (Number(parts) > 1) draft.label('message_part', `${number} ${Number(part) + 1}/${parts}`);
  setMeaning(draft, category, stamp === undefined ? undefined : kind, said, attributes);
  setPeople(draft, category, attributes);
  const shell = attributes.get('OperationMessageText');
  if (shell !== undefined && attributes.get('AdminName') === undefined) readShellSignIn(shell, draft);
  setCounts(draft, attributes);
  for (const [name, value] of attributes) if (!PLACED.has(name)) draft.label(name.replaceAll(' ', '_'), value);
  return stamp === undefined ? undefined : { written: () => readTime(`${stamp}${offset}`, 0)?.time };
}

function setPeople(draft: EventDraft, category: string, attributes: ReadonlyMap<string, string>): void {
  const of = (name: string) => attributes.get(name);
  const who = of('UserName') ?? of('User-Name') ?? of('User') ?? of('AdminName') ?? of('GuestUserName');
  const caller = of('Calling-Station-ID') ?? of('EndPointMACAddress');
  // Devices that are let in by their MAC have it for a name.
  const mac = [caller, of('EndPointMACAddress'), who].find(
    (value) => value !== undefined && canonicalMac(value) !== undefined,
  );
  if (who !== undefined && canonicalMac(who) === undefined) account(draft, who);
  draft.mac('source.mac', mac);
  const addresses = [
    of('Framed-IP-Address'),
    of('Framed-IPv6-Address'),
    of('Remote-Address'),
    of('AdminIPAddress'),
    of('IpAddress'),
  ];
  draft.ip(
    'source.ip',
    addresses.find((value) => value !== undefined && !NO_ADDRESS.has(value) && canonicalIp(value)),
  );
  if (caller !== undefined && canonicalMac(caller) === undefined)
    draft.label(canonicalIp(caller) === undefined ? 'caller' : 'client_ip', caller);
  // Of TACACS+ the number of the task is what begin and end share.
  const task = category.startsWith('TACACS') ? of('task_id') : undefined;
  draft.text('logmaster.session.id', task ?? of('audit-session-id') ?? of('CPMSessionID') ?? of('Acct-Session-Id'));
  draft.text('event.reason', of('FailureReason') ?? of('Acct-Terminate-Cause'));
  draft.text('rule.name', of('AuthorizationPolicyMatchedRule'));
  draft.lower('network.protocol', of('Protocol'));
}

/** Accounting counts from the device's side: input is what the user sent. */
function setCounts(draft: EventDraft, attributes: ReadonlyMap<string, string>): void {
  const octets = (side: string) => {
    const low = attributes.get(`Acct-${side}-Octets`);
    const high = Number(attributes.get(`Acct-${side}-Gigawords`) ?? 0);
    return low === undefined || !(high > 0) ? low : String(Number(low) + high * GIGAWORD);
  };
  draft.long('source.bytes', octets('Input'));
  draft.long('destination.bytes', octets('Output'));
  draft.long('source.packets', attributes.get('Acct-Input-Packets'));
  draft.long('destination.packets', attributes.get('Acct-Output-Packets'));
  draft.seconds(attributes.get('Acct-Session-Time') ?? attributes.get('elapsed_time'));
  addTotals(draft);
}
