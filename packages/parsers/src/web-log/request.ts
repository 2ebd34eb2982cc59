import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { canonicalIp } from '../values/ip.ts';
import { splitUrl } from '../values/url.ts';

/** Ports of schemes that squid is asked for. */
const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443', ftp: '21' };

const METHOD = /^[A-Z][A-Z_-]{0,63}$/i;

/** One request, all parts as written. */
export interface ProxyRequest {
  readonly client: string | undefined;
  readonly clientPort?: string | undefined;
  readonly user: string | undefined;
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** `TCP_MISS`, `TCP_DENIED`, `NONE_NONE` */
  readonly result: string | undefined;
  readonly status: string | undefined;
  readonly bytes: string | undefined;
  /** `HIER_DIRECT`, and the server or parent it was sent to. */
  readonly hierarchy: string | undefined;
  readonly peer: string | undefined;
  readonly type: string | undefined;
  readonly agent?: string | undefined;
  readonly referrer?: string | undefined;
}

/** A request to a web proxy or server. The address of the one asked is known only when a proxy went there itself. */
export function setRequest(draft: EventDraft, request: ProxyRequest): void {
  const { event } = draft;
  const result = request.result?.toLowerCase() ?? '';
  // A web server has no result word: 401 and 403 refuse.
  const denied = result === '' ? /^40[13]$/.test(request.status ?? '') : /denied|err_access/.test(result);
  // A client that went away has no answer.
  const isAnswered = result !== '' || (request.status !== undefined && !/^(?:-|0{1,3}|499)$/.test(request.status));
  setKind(draft, 'web', denied ? 'denied' : isAnswered ? 'allowed' : 'info', result === '' ? 'request' : result);
  setClient(draft, request.client);
  draft.port('source.port', request.clientPort);
  if (request.user !== undefined) account(draft, request.user);
  // What is no HTTP at all (`\\x16\\x03\\x01`) is in the message.
  if (METHOD.test(request.method ?? '')) draft.text('http.request.method', request.method);
  draft.long(
    'http.response.status_code',
    request.status === '000' || request.status === '0' ? undefined : request.status,
  );
  draft.long('destination.bytes', request.bytes);
  draft.label('hierarchy', request.hierarchy);
  draft.label('content_type', request.type);
  draft.label('referrer', request.referrer);
  draft.text('user_agent.original', request.agent);
  const address = canonicalIp(request.peer ?? '');
  const direct = request.hierarchy === undefined || /DIRECT|PINNED/.test(request.hierarchy);
  if (address !== undefined && direct) event['destination.ip'] = address;
  else draft.label('peer', request.peer);
  setRequestedUrl(draft, request);
  event['network.transport'] = 'tcp';
  event['network.iana_number'] = '6';
}

/** `log_fqdn` writes names in the place of addresses; formats of one's own a port behind it: `10.0.0.5:51000`, `10.0.0.5/51000`. */
function setClient(draft: EventDraft, client: string | undefined): void {
  const endpoint = client === undefined ? undefined : readEndpoint(client.replace(/\/(\d{1,5})$/, ':$1'));
  if (endpoint === undefined) {
    draft.text('source.domain', client);
    return;
  }
  draft.ip('source.ip', endpoint.ip);
  draft.port('source.port', endpoint.port);
}

/** The address asked for, its parts, and the server's name and port from it. */
export function setRequestedUrl(draft: EventDraft, { url, method }: Pick<ProxyRequest, 'url' | 'method'>): void {
  if (url === undefined || url === '-') return;
  draft.text('url.original', url);
  // `error:invalid-request`, `error:transaction-end-before-headers`
  if (url.startsWith('error:')) {
    draft.event['event.type'] = 'error';
    draft.text('event.reason', url.slice('error:'.length));
    return;
  }
  const { scheme, host, port, path } = splitUrl(url);
  draft.text('url.domain', host);
  const literal = canonicalIp(host ?? '');
  if (literal !== undefined) draft.event['destination.ip'] ??= literal;
  else draft.text('destination.domain', host);
  draft.text('url.path', path);
  draft.port(
    'destination.port',
    port ?? (scheme !== undefined && Object.hasOwn(PORTS, scheme) ? PORTS[scheme] : undefined),
  );
  draft.text('network.protocol', method === 'CONNECT' ? 'https' : scheme);
}

/** Squid writes blanks and signs in user names as `%20` and `%5C`. */
export function decodeUser(user: string | undefined): string | undefined {
  if (user?.includes('%') !== true) return user;
  return user.replace(/%([2-7][\dA-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
