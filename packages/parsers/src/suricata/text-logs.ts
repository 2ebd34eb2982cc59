import { setQuestion } from '../dns-servers/question.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readAlertTime } from '../snort/alert-text.ts';
import { readEndpoint } from '../values/endpoint.ts';
import type { VendorTime } from '../vendor.ts';

const TIME = /(\d\d)\/(\d\d)\/(\d{4})-(\d\d):(\d\d):(\d\d)\.(\d{1,6}):? /y;
const PARTIES = /(?:^| )([\da-fA-F.:[\]]{3,60}:\d{1,5}) -> ([\da-fA-F.:[\]]{3,60}:\d{1,5})(?= |$)/;
const SEPARATOR = ' [**] ';
const MAX_LINE = 16_384;
const TLS_VALUE = /(Subject|Issuerdn|SHA1|SNI|SERIAL|VERSION|NOTBEFORE|NOTAFTER|JA3|JA3S)='([^']{0,512})'/gi;

type LogName = 'http' | 'dns' | 'tls';

/** Which of the text logs the line at `at` is of: `http.log`, `dns.log` (until 5.0), `tls.log`. */
export function textLogAt(text: string, at: number): LogName | undefined {
  TIME.lastIndex = at;
  if (!TIME.test(text)) return undefined;
  const from = TIME.lastIndex;
  // An alert's marks stand right behind its time.
  if (text.charCodeAt(from) === 0x5b || text.charCodeAt(from) === 0x20) {
    return text.startsWith('[**] Query TX ', from) || text.startsWith('[**] Response TX ', from) ? 'dns' : undefined;
  }
  const head = text.slice(from, from + MAX_LINE);
  if (head.slice(0, 160).includes(' -> ') && (head.includes(' TLS: ') || head.includes(" VERSION='"))) return 'tls';
  return head.includes(SEPARATOR) && PARTIES.test(head) ? 'http' : undefined;
}

/** Suricata User Guide, "Line based logs": time, values between `[**]`, client and server. */
export function readTextLog(text: string, at: number, log: LogName, draft: EventDraft): VendorTime | undefined {
  TIME.lastIndex = at;
  const time = TIME.exec(text);
  if (!time) return undefined;
  const said = text.slice(TIME.lastIndex, TIME.lastIndex + MAX_LINE).trimEnd();
  draft.event['event.dataset'] = `suricata.${log}`;
  if (log === 'http') readHttp(said.split(SEPARATOR), draft);
  else if (log === 'dns') readDns(said.replace(/^\[\*\*\] /, '').split(SEPARATOR), draft);
  else readTls(said, draft);
  setParties(draft, said, log === 'dns' && said.includes('Response TX '));
  return readAlertTime(time);
}

/** Answers come from the server; the client is the source all the same. */
function setParties(draft: EventDraft, said: string, isAnswer: boolean): void {
  // Behind all values that a client could have chosen.
  const at = said.lastIndexOf(SEPARATOR);
  const m = PARTIES.exec(said.slice(at < 0 ? 0 : at + SEPARATOR.length));
  if (!m) {
    draft.fail('source.ip', 'no addresses');
    return;
  }
  const [first, second] = [m[1], m[2]].map((written) => readEndpoint(written as string, true));
  const [source, destination] = isAnswer ? [second, first] : [first, second];
  draft.ip('source.ip', source?.ip);
  draft.port('source.port', source?.port);
  draft.ip('destination.ip', destination?.ip);
  draft.port('destination.port', destination?.port);
}

/** Host, URL, browser; extended: referrer, method, protocol, status, length. */
function readHttp(values: readonly string[], draft: EventDraft): void {
  const [host, url, agent, ...more] = values.slice(0, -1);
  setKind(draft, 'web', 'info', 'http');
  draft.event['network.protocol'] = 'http';
  draft.transport('tcp');
  const isHost = host !== undefined && !host.startsWith('<');
  draft.text('url.domain', isHost ? host : undefined);
  draft.text('destination.domain', isHost ? host : undefined);
  draft.text('url.original', url);
  draft.text('url.path', url?.split('?', 1)[0]);
  draft.text('user_agent.original', agent?.startsWith('<') === true ? undefined : agent);
  const [referrer, method, version, status, length] = more;
  draft.label('referrer', referrer?.startsWith('<') === true ? undefined : referrer);
  draft.text('http.request.method', method?.startsWith('<') === true ? undefined : method);
  draft.label('http_version', version?.replace('HTTP/', ''));
  const answer = /^(\d{3})(?: => (.{1,2048}))?/.exec(status ?? '');
  draft.long('http.response.status_code', answer?.[1]);
  draft.label('location', answer?.[2]);
  draft.long('destination.bytes', /^(\d{1,16}) bytes/.exec(length ?? '')?.[1]);
}

/** `Query TX 14bf`, name, type; `Response TX 14bf`, name, type, `TTL 60`, answer, or name and `No Such Name`. */
function readDns(values: readonly string[], draft: EventDraft): void {
  const [head = '', name, ...rest] = values.slice(0, -1);
  const [what = '', , id] = head.split(' ');
  const isQuery = what === 'Query';
  const code = rest[0] === 'No Such Name' || name === 'No Such Name' ? 'NXDOMAIN' : undefined;
  const type = rest[0] !== undefined && /^[A-Z][A-Z\d]{0,9}$/.test(rest[0]) ? rest[0] : undefined;
  setQuestion(draft, {
    action: isQuery ? 'query' : 'response',
    name: name === 'No Such Name' ? undefined : name,
    type,
    code,
    answer: isQuery ? undefined : rest.find((value, index) => index > 0 && !value.startsWith('TTL ')),
  });
  draft.label('dns_id', id);
}

/** `TLS: Subject='CN=…' Issuerdn='…' SHA1='…' SNI='…' VERSION='TLS 1.2'`; a custom format writes the name alone. */
function readTls(said: string, draft: EventDraft): void {
  setKind(draft, 'network', 'info', said.includes('TLS: Session resumed') ? 'session resumed' : 'tls');
  draft.event['network.protocol'] = 'tls';
  draft.transport('tcp');
  for (const [, name = '', value = ''] of said.matchAll(TLS_VALUE)) {
    if (name.toUpperCase() === 'SNI') draft.text('destination.domain', value);
    else draft.label(`tls_${name.toLowerCase()}`, value);
  }
  const bare = / VERSION='[^']{1,16}' ([\w.-]{1,253}) NOTBEFORE=/.exec(said)?.[1];
  if (bare !== undefined && !draft.has('destination.domain')) draft.text('destination.domain', bare);
}
