import { readExtension } from '../cef/extension.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { setUrl } from '../event/url.ts';
import { levelWord } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readAccess } from './waf-access.ts';
import { readWafPairs } from './waf-pairs.ts';
import { splitWords } from './waf-words.ts';

const SEVERITY = '(?:EMER|ALER|CRIT|ERRO|WARN|NOTI|INFO|DEBU)';
const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const ENDS = `${ADDRESS} \\d{1,5} ${ADDRESS} \\d{1,5} `;
const HEADS = new RegExp(
  `TR ${ENDS}|WF ${SEVERITY} [A-Z_\\d]{2,64} ${ENDS}|NF ${SEVERITY} \\w{1,16} ${ENDS}|AUDIT \\S{1,128} \\w{2,16} ${ADDRESS} \\d{1,5} [A-Z_]{3,32} \\d|SYS [A-Z_\\d]{2,32} ${SEVERITY} \\d`,
  'y',
);

/** The service's records in pairs: CEF without its head, and a form of its own. */
const PAIRS =
  /(?:cat=(?:TR|WF|NF|AUDIT|SYS) dvc=|src=[\da-fA-F.:]{2,45} spt=\d{1,5} dst=\S{1,64} dpt=\d{1,5} actionTaken=)/y;

/** Barracuda Web Application Firewall: access (TR), web firewall (WF), network firewall (NF), audit and system logs. */
export const barracudaWafParser: VendorParser = {
  name: 'barracuda_waf',

  recognises({ text, messageAt }) {
    HEADS.lastIndex = messageAt;
    PAIRS.lastIndex = messageAt;
    return HEADS.test(text) || PAIRS.test(text);
  },

  read({ text, messageAt }, draft) {
    PAIRS.lastIndex = messageAt;
    if (PAIRS.test(text)) return readWafPairs(draft, readExtension(text, messageAt));
    const { event } = draft;
    event['event.dataset'] = 'barracuda.waf';
    event['observer.vendor'] = 'Barracuda';
    event['observer.product'] = 'Web Application Firewall';
    event['observer.type'] = 'waf';
    setKind(draft, 'host', 'info', 'log');
    const words = splitWords(text, messageAt);
    draft.label('log', words[0]);
    if (words[0] === 'TR') {
      if (!readAccess(words, draft)) draft.fail('message', 'unexpected wording of the access log');
    } else if (words[0] === 'WF') readAttack(words, text.slice(messageAt), draft);
    else if (words[0] === 'NF') readPacket(words, draft);
    else if (words[0] === 'AUDIT') readAudit(words, draft);
    else {
      setLevel(draft, words[2]);
      draft.text('event.code', words[3]);
      draft.text('event.reason', words.slice(4).join(' '));
      setKind(draft, 'host', 'info', (words[1] ?? '').toLowerCase());
    }
    return undefined;
  },
};

/** `WF ALER <attack> <client> <port> <application> <port> <rule> <type> <action> [<details>] <method> <url> <protocol> …` */
function readAttack(words: readonly string[], text: string, draft: EventDraft): void {
  const [, severity, attack, client, clientPort, application, applicationPort, rule, kind] = words;
  const bracket = words.findIndex((word, i) => i > 8 && word.startsWith('['));
  const action = words.slice(9, bracket < 0 ? 10 : bracket).join(' ');
  setLevel(draft, severity);
  setKind(draft, 'intrusion_detection', action.startsWith('DENY') ? 'denied' : 'allowed', action);
  draft.text('event.reason', attack);
  draft.ip('source.ip', client);
  draft.port('source.port', clientPort);
  draft.ip('destination.ip', application);
  draft.port('destination.port', applicationPort);
  draft.text('rule.name', rule);
  draft.text('rule.category', kind);
  const open = text.indexOf(' [');
  const close = open < 0 ? -1 : text.indexOf('] ', open);
  if (close < 0) return;
  draft.label('details', text.slice(open + 2, close));
  const [method, url, protocol, , agent, , , user, referrer] = splitWords(text, close + 2);
  draft.text('http.request.method', method);
  draft.lower('network.protocol', protocol === 'HTTP' ? 'http' : 'https');
  if (url?.startsWith('/')) {
    draft.text('url.original', url);
    draft.text('url.path', url.split('?', 1)[0]);
  } else setUrl(draft, url ?? '');
  draft.text('user_agent.original', agent?.trim());
  draft.text('user.name', user);
  draft.label('referrer', referrer);
}

/** `NF ALER TCP <source> <port> <destination> <port> DENY <acl> <text>` */
function readPacket(words: readonly string[], draft: EventDraft): void {
  const [, severity, protocol, source, sourcePort, destination, destinationPort, action, rule] = words;
  setLevel(draft, severity);
  setKind(draft, 'network', action === 'DENY' ? 'denied' : 'allowed', action ?? '');
  draft.transport(protocol);
  draft.ip('source.ip', source);
  draft.port('source.port', sourcePort);
  draft.ip('destination.ip', destination);
  draft.port('destination.port', destinationPort);
  draft.text('rule.name', rule);
  draft.text('event.reason', words.slice(9).join(' '));
}

/** `AUDIT <administrator> GUI <address> <port> LOGIN <transaction> <command> <object> …` */
function readAudit(words: readonly string[], draft: EventDraft): void {
  const [, person, door, address, port, kind = '', transaction, command] = words;
  if (/LOGIN|LOGOUT/.test(kind)) {
    const failed = /UNSUCC|FAIL/.test(kind);
    const out = kind.includes('LOGOUT');
    const outcome = failed ? 'failure' : 'success';
    setKind(draft, 'authentication', out ? 'end' : 'start', kind, out ? undefined : outcome);
  } else setKind(draft, 'configuration', 'change', kind);
  account(draft, person ?? '');
  draft.label('interface', door);
  draft.ip('source.ip', address);
  draft.port('source.port', port);
  draft.label('transaction', transaction === '0' ? undefined : transaction);
  draft.text('event.reason', [command, ...words.slice(8)].join(' '));
}

function setLevel(draft: EventDraft, word: string | undefined): void {
  if (word !== undefined) draft.text('log.level', levelWord(LEVELS.get(word) ?? word));
}

const LEVELS: ReadonlyMap<string, string> = new Map([
  ['EMER', 'emergency'],
  ['ALER', 'alert'],
  ['CRIT', 'critical'],
  ['ERRO', 'error'],
  ['WARN', 'warning'],
  ['NOTI', 'notice'],
  ['INFO', 'informational'],
  ['DEBU', 'debug'],
]);
