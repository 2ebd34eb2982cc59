import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { levelWord } from '../syslog/severity.ts';
import { MONTHS, utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import type { VendorTime } from '../vendor.ts';
import { readModSecurity } from './mod-security.ts';

/** `[Mon Nov 23 19:56:31.123456 2026] [core:error] [pid 7:tid 8] [client 10.0.0.5:51000] AH00126: …` */
const APACHE_TIME =
  /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? (\d{4})\] (?=\[)/y;
const APACHE =
  /(?:\[(?:[\w-]{0,32}:)?(\w{3,8})\] )(?:\[pid [\d:tid ]{1,48}\] )?(?:\[client ([\da-fA-F.:[\]]{2,60})\] ){0,2}/y;
/** Releases before 2.0, and what syslog carries, leave the time out: `[error] [client 10.0.0.5] …`, `[core:error] [pid 7] [client …` */
const APACHE_BARE =
  /\[(?:[\w-]{0,32}:)?(?:emerg|alert|crit|error|warn|notice|info|debug)\] (?:\[pid [\d:tid ]{1,48}\] )?\[client /y;
/** `2026/11/23 19:56:31 [error] 33#100: *2121 …, client: 10.0.0.5, server: …, request: "GET / HTTP/2.0", host: "…"` */
const NGINX = /(?:(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) )?\[(\w{3,8})\] \d{1,10}#\d{1,10}: /y;
const NGINX_CLIENT = /(?:, client: |\[client )([\da-fA-F.:]{2,45})/;
const NGINX_REQUEST = /, request: "([A-Z]{3,16}) ([^ "]{1,2048})/;
const NGINX_HOST = /, host: "([^":]{1,255})/;
/** `user ayse: authentication failure for "/x": Password Mismatch`, `user "ayse": password mismatch`, `` user `ayse' in realm `x' not found: /x `` */
const LOGIN =
  /^user (?:"([^"]{0,128})"|`([^']{0,128})'|([^": ]{0,128})):? (authentication failure|password mismatch|(?:was )?not found|in realm `[^']{0,128}' not found)(?: for "[^"]{0,255}")?(?:: ([\w ]{1,64}))?/;
/** `Authorization of user ayse to access /x failed, reason: …`, `user ayse: authorization failure for "/x"` */
const UNAUTHORIZED =
  /^(?:Authorization of user ([^ ]{1,128}) to access [^ ]{1,1024} failed, reason: (.{1,128})|user ([^": ]{1,128}): authorization failure for ")/;
/** Refused by the server's own rules: Apache's access control, nginx' `deny` and its limits. */
const REFUSED =
  /^(client denied by server configuration|client used wrong authentication scheme|access forbidden by rule|limiting (?:requests|connections)(?: by zone)?)/;
/** What stands before the words: Apache's code and module, nginx' connection. */
const BEFORE = /^(?:AH\d{5}: |Digest: |\*\d{1,16} ){0,2}/;

export function isErrorLog(text: string, at: number): boolean {
  APACHE_TIME.lastIndex = at;
  NGINX.lastIndex = at;
  APACHE_BARE.lastIndex = at;
  return APACHE_TIME.test(text) || NGINX.test(text) || APACHE_BARE.test(text);
}

/** The error logs of Apache httpd (core.c, default `ErrorLogFormat`) and nginx (ngx_log_error), raw or in syslog. */
export function readErrorLog(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  NGINX.lastIndex = at;
  const nginx = NGINX.exec(text);
  const time = nginx ? nginxTime(nginx) : apacheTime(text, at);
  const from = nginx ? NGINX.lastIndex : time ? APACHE_TIME.lastIndex : at;
  const level = nginx ? nginx[7] : readApache(text, from, draft);
  const word = level === undefined ? undefined : levelWord(level);
  if (word !== undefined) draft.event['log.level'] = word;
  setKind(draft, 'web', /^(?:err|crit|alert|emerg)/.test(level ?? '') ? 'error' : 'info', 'log');
  const said = text.slice(from, from + 8192);
  if (nginx) readNginx(said, draft);
  if (!readModSecurity(said, draft)) {
    const words = nginx ? said : said.slice(Math.max(0, APACHE.lastIndex - from));
    readRefusal(words.slice(BEFORE.exec(words)?.[0].length), draft);
  }
  return time;
}

function readRefusal(said: string, draft: EventDraft): void {
  const login = LOGIN.exec(said);
  if (login) {
    setKind(draft, 'authentication', 'start', 'login', 'failure');
    draft.text('user.name', login[1] ?? login[2] ?? login[3]);
    draft.text('event.reason', (login[5] ?? login[4])?.toLowerCase().replace(/^in realm .{0,130}' /, ''));
    return;
  }
  const unauthorized = UNAUTHORIZED.exec(said);
  const refused = unauthorized ? null : REFUSED.exec(said);
  if (!unauthorized && !refused) return;
  setKind(draft, 'web', 'denied', unauthorized ? 'authorization failure' : 'refused', 'failure');
  draft.text('user.name', unauthorized?.[1] ?? unauthorized?.[3]);
  draft.text('event.reason', unauthorized?.[2] ?? refused?.[1] ?? refused?.[2]);
}

function readApache(text: string, at: number, draft: EventDraft): string | undefined {
  APACHE.lastIndex = at;
  const m = APACHE.exec(text);
  if (!m) return undefined;
  // `10.0.0.5:51000`, `[2001:db8::5]:51000`, `2001:db8::5`, and `::1:37752` of formats of one's own, before the address alone.
  const first = /\[client ([^ ]{2,60})\]/.exec(text.slice(at, at + 200))?.[1];
  const endpoint = first === undefined ? undefined : readEndpoint(first, first.includes('.') || first !== m[2]);
  draft.ip('source.ip', endpoint?.ip ?? m[2]);
  draft.port('source.port', endpoint?.port);
  draft.text('event.code', /^AH\d{5}/.exec(text.slice(APACHE.lastIndex, APACHE.lastIndex + 8))?.[0]);
  return m[1];
}

function readNginx(said: string, draft: EventDraft): void {
  const request = NGINX_REQUEST.exec(said);
  draft.ip('source.ip', NGINX_CLIENT.exec(said)?.[1]);
  draft.text('http.request.method', request?.[1]);
  draft.text('url.original', request?.[2]);
  draft.text('url.path', request?.[2]?.split('?', 1)[0]);
  draft.text('url.domain', NGINX_HOST.exec(said)?.[1]);
}

function apacheTime(text: string, at: number): VendorTime | undefined {
  APACHE_TIME.lastIndex = at;
  const m = APACHE_TIME.exec(text);
  const month = m ? MONTHS[(m[1] as string).toLowerCase()] : undefined;
  if (!m || month === undefined) return undefined;
  return timeOf([Number(m[7]), month, Number(m[2]), Number(m[3]), Number(m[4]), Number(m[5])], m[6]);
}

function nginxTime(m: RegExpExecArray): VendorTime | undefined {
  if (m[1] === undefined) return undefined;
  return timeOf([Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6])], undefined);
}

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

function timeOf(parts: Parts, fraction: string | undefined): VendorTime | undefined {
  const local = utcMicros(...parts, fraction);
  return local === undefined ? undefined : { written: () => ({ local, yearMissing: false, offset: undefined }) };
}
