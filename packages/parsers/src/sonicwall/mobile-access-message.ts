import type { EventDraft } from '../event/draft.ts';
import { dropIcmpPorts } from '../event/icmp.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';
import { setEnd, writtenAt } from './mobile-access-values.ts';

const MAX_LENGTH = 2048;
/** `[23/Nov/2026:19:56:31.051761 +0300] sma-1 002421 ps 100004b3 Info EWACL …`: node, process, program, source, level. */
const HEAD =
  /\[([^\]]{8,48})\] (\S{1,128}(?: [A-Z]\S{1,64})?) (\d{1,10}) ([a-z]{2}) ([\da-fA-F]{8}) {1,8}(\w{3,8}) {1,8}(?:(\w{2,16}) {1,8})?/y;
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['Error', 'error'],
  ['Warning', 'warning'],
  ['Info', 'informational'],
  ['Verbose', 'debug'],
  ['Internl', 'debug'],
]);
const DECISION =
  /User ' ?\(?(?:[\da-fA-F.:]{2,45} )?\(?([^()']{1,128})\)@\(([^)']{0,128})\)' connecting from '([^']{2,64})' matched rule '(?:accessRule\()?(?:([^:')]{1,64}):)?([^')]{1,128})\)?', access to '([^']{1,256})' is (\w{1,16})/;
/** Some names are two words. */
const PAIR = /((?:Rule |Full |Access )?\b[A-Z]\w{0,31})='([^']{0,512})'/g;
const ACCOUNT = /^\(([^)]{1,128})\)@\(([^)]{0,128})\)/;

/** A decision of the access policy: `User '(ayse)@(AD)' connecting from '10.0.0.5:37975' matched rule '…', access to '…' is permitted.` */
export function readDecision(input: VendorInput, draft: EventDraft): VendorTime | undefined | false {
  const said = input.text.slice(input.messageAt, input.messageAt + MAX_LENGTH);
  const m = DECISION.exec(said);
  if (m === null) return false;
  const [, user, realm, source, id, rule, target = '', word = ''] = m;
  setKind(draft, 'network', word === 'permitted' || word === 'allowed' ? 'allowed' : 'denied', word);
  draft.text('user.name', user);
  draft.text('user.domain', realm);
  setEnd(draft, 'source', source);
  setTarget(draft, target);
  draft.text('rule.id', id);
  draft.text('rule.name', rule);
  return readHead(input, draft);
}

/** Audit of tunnels and resources in pairs: `Src='…' User='(ayse)@(AD)' Command='Flow:TCP' Dest='…' SrcBytes='…' …`. */
export function readMessage(input: VendorInput, draft: EventDraft): VendorTime | undefined | false {
  const said = input.text.slice(input.messageAt, input.messageAt + MAX_LENGTH);
  const pairs = new Map<string, string>();
  for (const [, name = '', value = ''] of said.matchAll(PAIR)) pairs.set(name.replace(' ', '_'), value);
  const take = (name: string) => {
    const value = pairs.get(name);
    pairs.delete(name);
    return value;
  };
  const account = ACCOUNT.exec(take('User') ?? '');
  draft.text('user.name', account?.[1]);
  draft.text('user.domain', account?.[2]);
  setEnd(draft, 'source', take('Src'));
  const [command = '', protocol = ''] = (pairs.get('Command') ?? '').toLowerCase().split(':', 2);
  if (readTransport(protocol).number !== undefined) draft.transport(protocol);
  const address = take('Dest_IP') ?? take('Dest') ?? '';
  if (command === 'tunnel') draft.label('assigned_ip', address);
  else setTarget(draft, address);
  const name = /^([A-Za-z][\w.-]{1,253}):\d{1,5}$/.exec(pairs.get('Full_Destination') ?? '')?.[1];
  draft.text('destination.domain', name);
  draft.long('source.bytes', take('SrcBytes'));
  draft.long('destination.bytes', take('DstBytes'));
  draft.seconds(take('Duration'));
  draft.text('logmaster.session.id', take('SessionKey'));
  const allowed = take('Allowed');
  const type = allowed === undefined ? (command === '' ? 'info' : 'end') : allowed === '0' ? 'denied' : 'allowed';
  setKind(draft, 'network', type, command === '' ? 'resource access' : command);
  for (const [key, value] of pairs) draft.label(key, value);
  dropIcmpPorts(draft);
  addTotals(draft);
  return readHead(input, draft);
}

function setTarget(draft: EventDraft, target: string): void {
  if (/^[\da-fA-F.:[\]]{2,64}$/.test(target)) setEnd(draft, 'destination', target);
  else {
    const [name, ports] = target.split(':', 2);
    draft.text('destination.domain', name);
    draft.port('destination.port', ports);
  }
}

function readHead({ text, messageAt }: VendorInput, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = messageAt;
  const m = HEAD.exec(text);
  if (m === null) return undefined;
  const [, at = '', node, pid, program, source, level = '', log] = m;
  draft.text('observer.name', node);
  draft.text('log.syslog.appname', program);
  draft.text('log.syslog.procid', pid);
  draft.text('log.level', LEVELS.get(level));
  draft.label('source_id', source);
  draft.label('log', log);
  return { written: () => writtenAt(at) };
}
