import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { MONTHS, utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import type { VendorTime } from '../vendor.ts';
import { setRequest } from '../web-log/request.ts';

/** `10.0.0.5:51000 [23/Nov/2026:19:56:31.123] frontend~ `: when the connection or request came in. */
const HEAD =
  /^([\da-fA-F.:[\]]{2,60}) \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\] ([^ ]{1,128}?)(~?) /;
/** HTTP: `backend/server 0/0/0/2/2 200 182 - - ---- 2/2/0/1/0 0/0 {host} "GET / HTTP/1.1"`, five times. */
const HTTP =
  /^([^ /]{1,128})\/([^ ]{1,128}) (?:-?\d{1,9}\/){4}\+?(-?\d{1,9}) (-?\d{1,3}) \+?(\d{1,16}) [^ ]{1,512} [^ ]{1,512} ([\w-]{4}) [\d/+]{1,64} [\d/]{1,24} (?:\{[^"]{0,1000}\} )?"([^"]{0,8192})/;
/** TCP: `backend/server 0/0/5007 212 -- 0/0/0/0/3 0/0`, three times. */
const TCP =
  /^([^ /]{1,128})\/([^ ]{1,128}) (?:-?\d{1,9}\/){2}\+?(-?\d{1,9}) \+?(\d{1,16}) ([\w-]{2}) [\d/+]{1,64} [\d/]{1,24}/;
/** `frontend/bind: SSL handshake failure`, without a frontend's pairs. */
const ERROR = /^([^:]{0,128}): (.{1,256})/;
const CONNECT = /^Connect from ([\da-fA-F.:[\]]{2,60}) to ([\da-fA-F.:[\]]{2,60}) \(([^/)]{1,128})\/(\w{1,16})\)/;
const STATE = /^(?:Backup )?Server ([^ /]{1,128})\/([^ ]{1,128}) is (UP|DOWN)(?:, reason: ([^,]{1,128}))?/;

/** A line of HAProxy's without its program: the time in brackets right behind an address with its port. */
const BARE =
  /(?:[\d.]{7,15}|\[?[\da-fA-F:.]{2,45}\]?):\d{1,5} \[\d\d\/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/\d{4}:\d\d:\d\d:\d\d(?:\.\d{1,6})?\] [^ ]{1,128} [^ /]{1,128}\//y;

export function isHaproxy(text: string, at: number): boolean {
  const bracket = text.indexOf(' [', at);
  if (bracket < 0 || bracket > at + 60) return false;
  BARE.lastIndex = at;
  return BARE.test(text);
}

/** HAProxy (Configuration Manual, "Log formats": HTTP, TCP, default, error). Remarks keep their text. */
export function readHaproxy(text: string, draft: EventDraft): VendorTime | undefined {
  const { event } = draft;
  event['event.dataset'] = 'haproxy.log';
  event['observer.vendor'] = 'HAProxy';
  event['observer.type'] = 'load-balancer';
  const head = HEAD.exec(text);
  if (!head) {
    readConnect(text, draft) || readState(text, draft);
    return undefined;
  }
  const rest = text.slice(head[0].length);
  const milliseconds = readHttp(rest, head, draft) ?? readTcp(rest, draft);
  setClient(draft, head[1] as string);
  draft.label('frontend', head[9] === '' ? undefined : head[9]);
  if (milliseconds === undefined) readError(text.slice(head[0].indexOf('] ') + 2), draft);
  else if (milliseconds >= 0) draft.duration(milliseconds * 1e6);
  const start = () => writtenTime(head);
  return milliseconds === undefined ? { written: start } : { start, written: () => endOf(start(), milliseconds) };
}

/** The time of the record is its end, as all others have it. */
function endOf(start: WrittenTime | undefined, milliseconds: number): WrittenTime | undefined {
  return start && { ...start, local: start.local + Math.max(0, milliseconds) * 1000 };
}

function readHttp(rest: string, head: RegExpExecArray, draft: EventDraft): number | undefined {
  const m = HTTP.exec(rest);
  if (!m) return undefined;
  const [method, url, version] = (m[7] as string).split(' ', 3);
  const isRequest = url !== undefined;
  setRequest(draft, {
    client: undefined,
    user: undefined,
    method: isRequest ? method : undefined,
    url,
    result: undefined,
    status: m[4] === '-1' ? undefined : m[4],
    bytes: m[5],
    hierarchy: undefined,
    peer: undefined,
    type: undefined,
  });
  if (!isRequest) draft.event['event.type'] = 'error';
  draft.text('network.protocol', head[10] === '~' ? 'https' : 'http');
  draft.label('http_version', version?.replace('HTTP/', ''));
  setServer(draft, m[1], m[2], m[6]);
  return Number(m[3]);
}

function readTcp(rest: string, draft: EventDraft): number | undefined {
  const m = TCP.exec(rest);
  if (!m) return undefined;
  setKind(draft, 'network', 'end', 'connection');
  draft.transport('tcp');
  draft.long('destination.bytes', m[4]);
  addTotals(draft);
  setServer(draft, m[1], m[2], m[5]);
  return Number(m[3]);
}

function readError(said: string, draft: EventDraft): void {
  const m = ERROR.exec(said);
  setKind(draft, 'network', m ? 'error' : 'info', m ? 'error' : 'log');
  draft.label('frontend', m?.[1]?.split('/', 1)[0]);
  draft.text('event.reason', m?.[2]);
}

function readConnect(text: string, draft: EventDraft): boolean {
  const m = CONNECT.exec(text);
  if (!m) return false;
  setKind(draft, 'network', 'start', 'connect');
  draft.transport('tcp');
  setClient(draft, m[1] as string);
  const server = readEndpoint(m[2] as string, true);
  draft.ip('destination.ip', server?.ip);
  draft.port('destination.port', server?.port);
  draft.label('frontend', m[3]);
  draft.label('mode', m[4]);
  return true;
}

function readState(text: string, draft: EventDraft): boolean {
  const m = STATE.exec(text);
  if (!m) return false;
  setKind(draft, 'host', m[3] === 'DOWN' ? 'error' : 'info', `server ${m[3]}`);
  setServer(draft, m[1], m[2], undefined);
  draft.text('event.reason', m[4]);
  return true;
}

function setClient(draft: EventDraft, written: string): void {
  const client = readEndpoint(written, true);
  draft.ip('source.ip', client?.ip ?? written);
  draft.port('source.port', client?.port);
}

function setServer(
  draft: EventDraft,
  backend: string | undefined,
  server: string | undefined,
  state: string | undefined,
) {
  draft.label('backend', backend);
  if (server !== '<NOSRV>') draft.label('server', server);
  if (state !== undefined && !/^-{2,4}$/.test(state)) draft.label('termination_state', state);
}

function writtenTime(m: RegExpExecArray): WrittenTime | undefined {
  const month = MONTHS[(m[3] as string).toLowerCase()];
  if (month === undefined) return undefined;
  const local = utcMicros(Number(m[4]), month, Number(m[2]), Number(m[5]), Number(m[6]), Number(m[7]), m[8]);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
