import type { EventDraft } from '../event/draft.ts';
import { readWhen } from '../time/read-when.ts';
import { readEndpoint } from '../values/endpoint.ts';
import type { VendorTime } from '../vendor.ts';
import { writtenClf } from './combined.ts';
import { setRequest } from './request.ts';
import { splitRequest } from './request-line.ts';

/** `[2026-11-23T16:56:31.123Z] "GET /a HTTP/2" 200 - ` */
const ENVOY = /\[(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z)\] "([^"]{1,4096})" (\d{1,3}) ([A-Z,]{2,64}|-) /y;
/** Istio puts three details before the counts. */
const ENVOY_COUNTS =
  /(?:([^ "]{1,255}) ([^ "]{1,255}) "([^"]{0,512})" )?(\d{1,16}) (\d{1,16}) (\d{1,12}|-) (\d{1,12}|-) "([^"]{0,512})" "([^"]{0,1024})" "([^"]{0,128})" "([^"]{0,255})" "([^"]{0,255})"/y;
/** Istio's: cluster, its own address to there, its own address and the client's on this side, name asked for, route. */
const ISTIO = / ([^ ]{1,255}) [^ ]{1,64} ([^ ]{1,64}) ([^ ]{1,64}) ([^ ]{1,255}) ([^ ]{1,255})/y;

/** Nginx Proxy Manager: `[23/Nov/2026:19:56:31 +0300] - 200 200 - GET https www.example.net "/a" [Client 203.0.113.9] [Length 612]` */
const MANAGER =
  /\[(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4})\] (?:[A-Z-]{1,12} (?:\d{3}|-) )?(\d{3}|-) - ([A-Z]{3,16}) (https?) ([^ ]{1,255}) "([^"]{0,4096})" \[Client ([\da-fA-F.:]{2,45})\] \[Length (\d{1,16}|-)\] \[Gzip [^\]]{1,16}\](?: \[Sent-to ([^\]]{1,255})\])?(?: "([^"]{0,1024})" "([^"]{0,2048})")?/y;

export function isProxyLog(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x5b) return false;
  ENVOY.lastIndex = at;
  MANAGER.lastIndex = at;
  return ENVOY.test(text) || MANAGER.test(text);
}

/** Access logs whose time stands first: Envoy's default format and Istio's, and Nginx Proxy Manager's. */
export function readProxyLog(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  draft.event['event.dataset'] = 'web.access';
  ENVOY.lastIndex = at;
  const envoy = ENVOY.exec(text);
  return envoy ? readEnvoy(text, envoy, ENVOY.lastIndex, draft) : readManager(text, at, draft);
}

const NOTHING = {
  user: undefined,
  result: undefined,
  hierarchy: undefined,
  peer: undefined,
  type: undefined,
} as const;

function readEnvoy(text: string, head: RegExpExecArray, at: number, draft: EventDraft): VendorTime | undefined {
  // Connections of TCP have no request.
  const { method, url, version } = splitRequest(head[2] === '- - -' ? '' : (head[2] as string));
  ENVOY_COUNTS.lastIndex = at;
  const m = ENVOY_COUNTS.exec(text);
  ISTIO.lastIndex = ENVOY_COUNTS.lastIndex;
  const istio = m ? ISTIO.exec(text) : null;
  const forwarded = m?.[8] === '-' ? undefined : m?.[8];
  const client = forwarded?.split(',', 1)[0] ?? istio?.[3];
  setRequest(draft, { ...NOTHING, client, method, url, status: head[3], bytes: m?.[5], agent: m?.[9] });
  draft.text('observer.product', 'Envoy');
  draft.label('http_version', version);
  draft.label('response_flags', head[4]);
  const when = readWhen(head[1] as string);
  if (!m) return when;
  draft.long('source.bytes', m[4]);
  if (m[6] !== '-') draft.seconds(String(Number(m[6]) / 1000));
  draft.label('response_details', m[1]);
  draft.label('request_id', m[10]);
  draft.text('url.domain', m[11]?.replace(/:\d{1,5}$/, '').toLowerCase());
  draft.label('upstream_host', m[12]);
  if (forwarded?.includes(',') === true) draft.label('proxies', forwarded.split(',').slice(1).join(',').trim());
  if (istio) {
    draft.label('upstream_cluster', istio[1]);
    const local = readEndpoint(istio[2] as string);
    draft.ip('destination.ip', local?.ip);
    draft.port('destination.port', local?.port);
    draft.label('requested_server_name', istio[4]);
    draft.label('route', istio[5]);
  }
  return when && { ...when, ...(when.written && { start: when.written }) };
}

function readManager(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  MANAGER.lastIndex = at;
  const m = MANAGER.exec(text);
  if (!m) return undefined;
  const [, time = '', status, method, scheme, host, url, client, bytes, server, agent, referrer] = m;
  setRequest(draft, { ...NOTHING, client, method, url, status, bytes, agent, referrer });
  draft.text('observer.product', 'nginx');
  draft.text('url.domain', host?.replace(/:\d{1,5}$/, '').toLowerCase());
  draft.text('network.protocol', scheme);
  draft.label('server', server);
  return { written: () => writtenClf(time) };
}
