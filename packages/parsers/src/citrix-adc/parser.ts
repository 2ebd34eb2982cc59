import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { ADC_FIELDS, setEnd, splitParts } from './fields.ts';
import { type AdcHead, readHead, stampOf } from './head.ts';
import { readMessage } from './messages.ts';
import { readFirewall, readRequest } from './requests.ts';
import { isShellCommand, readShellCommand } from './shell.ts';

/** Events of the "NetScaler Syslog Message Reference"; the first that fits. */
const KINDS: readonly (readonly [event: RegExp, category: string, type: string, outcome?: 'success' | 'failure'])[] = [
  [/^LOGIN_FAILED|_LOGIN_FAILED|AAA_FAIL/, 'authentication', 'start', 'failure'],
  [/^LOGIN$|^ICAAUTH/, 'authentication', 'start', 'success'],
  [/^LOGOUT|SESSION_TIMEOUT|REMOVE_SESSION/, 'authentication', 'end'],
  [/^ICASTART|CONN_START|^CONN_ESTABLISHED/, 'network', 'start'],
  [/CONN_TERMINATE|CONN_DELINK|CONNSTAT|FLOWSTAT|CONN_TIMEDOUT|^ICAEND/, 'network', 'end'],
  [/^(?:NON)?HTTP_?RESOURCEACCESS_DENIED/, 'network', 'denied'],
  [/HANDSHAKE_FAILURE/, 'network', 'error', 'failure'],
  [/HANDSHAKE_/, 'network', 'info'],
  [/^CMD_EXECUTED/, 'configuration', 'change'],
];

/** Citrix (NetScaler) ADC and Gateway: connections, SSL VPN, ICA, AAA, commands, application firewall. */
export const citrixAdcParser: VendorParser = {
  name: 'citrix_adc',

  recognises(input) {
    return readHead(input) !== undefined || isShellCommand(input);
  },

  read(input, draft) {
    const { event } = draft;
    const head = readHead(input);
    event['event.dataset'] = 'citrix.adc';
    event['observer.vendor'] = 'Citrix';
    event['observer.product'] = 'ADC';
    event['observer.type'] = 'load-balancer';
    if (head === undefined) {
      readShellCommand(input, draft);
      return undefined;
    }
    const said = input.text.slice(head.end).trim();
    draft.text('observer.name', head.host);
    draft.text('event.code', head.event);
    draft.label('module', head.module);
    event.message = said;
    const kind = KINDS.find(([mark]) => mark.test(head.event));
    setKind(draft, kind?.[1] ?? 'host', kind?.[2] ?? 'info', head.event, kind?.[3]);
    const parts = splitParts(said);
    if (head.module === 'APPFW') readFirewall(said, draft);
    else setParts(draft, parts, head.module);
    if (head.event === 'HTTPREQUEST') readRequest(said, draft);
    else if (head.event === 'Message') readMessage(said, draft);
    addTotals(draft);
    dropUntranslated(draft);
    return timesOf(head, parts, draft);
  },
};

function setParts(draft: EventDraft, parts: ReadonlyMap<string, string>, module: string): void {
  const of = (name: string) => parts.get(name);
  setPerson(draft, of('User') ?? of('username:domainname'), of('Context'));
  setEnd(draft, 'source', false, of('Source') ?? of('Client_ip') ?? of('ClientIP') ?? of('Remote_ip'));
  draft.port('source.port', of('ClientPort'));
  setEnd(draft, 'source', true, of('NatIP') ?? of('Nat_ip'));
  const front = of('Vserver') ?? of('VserverServiceIP');
  const tunnelled = module === 'SSLVPN' ? of('Destination') : undefined;
  setEnd(draft, 'destination', false, tunnelled ?? front ?? of('Destination'));
  draft.port('destination.port', of('VserverServicePort'));
  // Through a tunnel people reach the server by its own address; otherwise it stands behind the virtual one.
  if (tunnelled !== undefined) draft.label('vserver', front);
  else if (front !== undefined) setEnd(draft, 'destination', true, of('Destination'));
  draft.text('logmaster.session.id', of('SessionId:') ?? of('connectionId'));
  const clock = /^(\d{1,4}):(\d\d):(\d\d)$/.exec(of('Duration') ?? '');
  if (clock) draft.seconds(String(Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])));
  for (const [name, set] of ADC_FIELDS) {
    const value = of(name);
    if (value !== undefined) set(draft, value);
  }
  const { event } = draft;
  if (of('Access') !== undefined && event['event.type'] === 'info') {
    event['event.type'] = of('Access') === 'Allowed' ? 'allowed' : 'denied';
  }
  const status = of('Status');
  if (status !== undefined) event['event.outcome'] = /succ|done/i.test(status) ? 'success' : 'failure';
  const session = /^log(in|out)\b/.exec(of('Command') ?? '')?.[1];
  if (session === undefined) return;
  event['event.category'] = 'authentication';
  event['event.type'] = session === 'in' ? 'start' : 'end';
  if (session === 'out') draft.drop('event.outcome');
}

/** `ayse`, `ayse:office` of ICA, `office\ayse`; the context is person and address. */
function setPerson(draft: EventDraft, name: string | undefined, context: string | undefined): void {
  const person = (name ?? '').split(' : ', 1)[0] as string;
  const colon = person.indexOf(':');
  const at = context?.lastIndexOf('@') ?? -1;
  if (colon > 0) {
    draft.text('user.name', person.slice(0, colon));
    draft.text('user.domain', person.slice(colon + 1));
  } else if (person !== '') account(draft, person);
  else if (at > 0) account(draft, (context as string).slice(0, at));
  if (at > 0) setEnd(draft, 'source', false, (context as string).slice(at + 1));
}

function timesOf({ stamp, isDayFirst }: AdcHead, parts: ReadonlyMap<string, string>, draft: EventDraft): VendorTime {
  const begun = stampOf(parts.get('Start_time') ?? '', isDayFirst);
  const ended = stampOf(parts.get('End_time') ?? '', isDayFirst);
  if (begun !== undefined && ended !== undefined && draft.event['event.duration'] === undefined) {
    const length = momentOf(ended) - momentOf(begun);
    if (length >= 0) draft.seconds(String(length / 1000));
  }
  const start = begun === undefined ? {} : { start: () => readTime(begun, 0)?.time };
  return { ...(stamp === undefined ? {} : { written: () => readTime(stamp, 0)?.time }), ...start };
}

/** ms as if UTC. */
function momentOf(stamp: string): number {
  return Date.parse(`${stamp.slice(0, 19).replace(' ', 'T')}Z`);
}
