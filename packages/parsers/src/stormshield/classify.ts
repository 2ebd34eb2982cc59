import { readIscV4 } from '../dhcp-servers/isc.ts';
import type { EventDraft } from '../event/draft.ts';

type Pairs = ReadonlyMap<string, string>;

const STOPS = new Set(['block', 'drop', 'reset', 'deny', 'blocked', 'quarantine']);
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['filter', 'network'],
  ['connection', 'network'],
  ['plugin', 'network'],
  ['web', 'web'],
  ['ssl', 'network'],
  ['smtp', 'email'],
  ['pop3', 'email'],
  ['ftp', 'network'],
  ['alarm', 'intrusion_detection'],
  ['sandboxing', 'malware'],
  ['vpn', 'network'],
  ['pvm', 'host'],
]);

/** Category, type and outcome of an audit log. */
export function classify(draft: EventDraft, logtype: string, pairs: Pairs): void {
  const { event } = draft;
  const unknown = logtype === '' && event['destination.ip'] !== undefined ? 'network' : 'host';
  // Alarms of the system are about the device.
  event['event.category'] = pairs.get('class') === 'system' ? 'host' : (CATEGORIES.get(logtype) ?? unknown);
  event['event.type'] = 'info';
  if (logtype === 'auth' || logtype === 'xvpn') readPerson(draft, logtype, pairs);
  else if (logtype === 'server') readCommand(draft, pairs);
  else if (logtype === 'system' || logtype === 'vpn') readSystem(draft, pairs);
  else if (CATEGORIES.has(logtype)) readTraffic(draft, logtype, pairs);
}

/** `connection` and `plugin` are written when the connection is over; an empty action is "no log of the decision". */
function readTraffic(draft: EventDraft, logtype: string, pairs: Pairs): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  const over = logtype === 'connection' || logtype === 'plugin';
  if (STOPS.has(action)) event['event.type'] = 'denied';
  else if (over && pairs.has('duration')) event['event.type'] = 'end';
  else if (action === 'pass' || over) event['event.type'] = 'allowed';
  if (pairs.get('virus') !== undefined && pairs.get('virus') !== 'clean' && pairs.get('virus') !== '') {
    event['event.category'] = 'malware';
  }
  readRequest(draft, pairs);
}

function readRequest(draft: EventDraft, pairs: Pairs): void {
  const path = pairs.get('arg');
  const status = pairs.get('result');
  if (path === undefined) {
    draft.label('result', status);
    return;
  }
  const host = pairs.get('dstname');
  draft.event['event.category'] =
    draft.event['event.category'] === 'network' ? 'web' : (draft.event['event.category'] as string);
  draft.text('url.domain', host);
  draft.text('url.original', path.startsWith('/') ? `${host ?? ''}${path}` : path);
  if (path.startsWith('/')) draft.text('url.path', path.split('?', 1)[0]);
  if (status !== undefined && /^\d{3}$/.test(status)) draft.long('http.response.status_code', status);
}

/** Sign-ins by captive portal, agent, SSH (`auth`) and the SSL VPN (`xvpn`): an error number or its words say how it went. */
function readPerson(draft: EventDraft, logtype: string, pairs: Pairs): void {
  const { event } = draft;
  const said = pairs.get('msg') ?? '';
  const error = pairs.get('error');
  event['event.category'] = 'authentication';
  // A second factor that somebody asks for is no sign-in.
  if (said.startsWith('totp enrolment')) {
    event['event.type'] = 'info';
    event['event.action'] = 'totp enrolment';
    return;
  }
  const failed = (error !== undefined && error !== '0') || /fail|error|denied|reject|bad password/i.test(said);
  const over = /logout|log(?:ged)? out|closed|removed|deleted|disconnect|expired|unauth/i.test(said);
  event['event.type'] = over && !failed ? 'end' : 'start';
  event['event.action'] = over && !failed ? 'logout' : 'login';
  if (event['event.type'] === 'start') event['event.outcome'] = failed ? 'failure' : 'success';
  // In the SSL VPN the person's network is the one address that was given to it.
  if (logtype === 'xvpn') draft.label('assigned_ip', pairs.get('remotenet'));
}

/** Commands of administrators. */
function readCommand(draft: EventDraft, pairs: Pairs): void {
  const { event } = draft;
  const said = pairs.get('msg') ?? '';
  const failed = (pairs.get('error') ?? '0') !== '0';
  event['event.outcome'] = failed ? 'failure' : 'success';
  if (/^(?:AUTH|LOGIN|SYSTEM LOGIN)\b/i.test(said)) {
    event['event.category'] = 'authentication';
    event['event.type'] = 'start';
    event['event.action'] = 'login';
  } else if (/^(?:QUIT|LOGOUT|DISCONNECT)\b/i.test(said)) {
    event['event.category'] = 'authentication';
    event['event.type'] = 'end';
    event['event.action'] = 'logout';
    draft.drop('event.outcome');
  } else {
    event['event.category'] = 'configuration';
    event['event.type'] = /^(?:CONFIG|MODIFY)\b.{0,256}(?:ACTIVATE|SET|ADD|REMOVE|UPDATE|MOVE)/i.test(said)
      ? 'change'
      : 'info';
    event['event.action'] = 'command';
  }
}

function readSystem(draft: EventDraft, pairs: Pairs): void {
  const said = pairs.get('msg') ?? '';
  if (readIscV4(said, draft)) return;
  const { event } = draft;
  if (/established/i.test(said)) event['event.type'] = 'start';
  else if (/DELETE|closed|expired/.test(said)) event['event.type'] = 'end';
  else if ((event['event.severity'] ?? 7) <= 3) event['event.type'] = 'error';
}
