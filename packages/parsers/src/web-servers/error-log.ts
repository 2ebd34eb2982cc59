import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { levelWord } from '../syslog/severity.ts';
import { MONTHS, utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import type { VendorTime } from '../vendor.ts';

/** `[Mon Nov 23 19:56:31.123456 2026] [core:error] [pid 7:tid 8] [client 10.0.0.5:51000] AH00126: …` */
const APACHE_TIME =
  /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? (\d{4})\] (?=\[)/y;
const APACHE =
  /(?:\[(?:[\w-]{0,32}:)?(\w{3,8})\] )(?:\[pid [\d:tid ]{1,48}\] )?(?:\[client ([\da-fA-F.:[\]]{2,60})\] )?/y;
/** Releases before 2.0, and what syslog carries, leave the time out: `[error] [client 10.0.0.5] …` */
const APACHE_BARE = /\[(?:emerg|alert|crit|error|warn|notice|info)\] \[client /y;
/** `2026/11/23 19:56:31 [error] 33#100: *2121 …, client: 10.0.0.5, server: …, request: "GET / HTTP/2.0", host: "…"` */
const NGINX = /(?:(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) )?\[(\w{3,8})\] \d{1,10}#\d{1,10}: /y;
const NGINX_CLIENT = /, client: ([\da-fA-F.:]{2,45})/;
const NGINX_REQUEST = /, request: "([A-Z]{3,16}) ([^ "]{1,2048})/;
const NGINX_HOST = /, host: "([^":]{1,255})/;
/** `user ayse: authentication failure for "/x": Password Mismatch`, `user "ayse": password mismatch`, `user ayse not found: /x` */
const LOGIN =
  /user "?([^": ]{1,128})"?:? (authentication failure|password mismatch|(?:was )?not found|in realm)(?: for "[^"]{0,255}")?(?:: ([\w ]{1,64}))?/;

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
  const login = LOGIN.exec(said);
  if (login) {
    setKind(draft, 'authentication', 'start', 'login', 'failure');
    draft.text('user.name', login[1]);
    draft.text('event.reason', (login[3] ?? login[2])?.toLowerCase());
  }
  return time;
}

function readApache(text: string, at: number, draft: EventDraft): string | undefined {
  APACHE.lastIndex = at;
  const m = APACHE.exec(text);
  if (!m) return undefined;
  const endpoint = m[2] === undefined ? undefined : readEndpoint(m[2], m[2].includes('.') || m[2].startsWith('['));
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
