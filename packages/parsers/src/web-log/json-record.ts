import type { EventDraft } from '../event/draft.ts';
import { readWhen } from '../time/read-when.ts';
import type { VendorTime } from '../vendor.ts';
import { writtenClf } from './combined.ts';
import { setRequest } from './request.ts';
import { splitRequest } from './request-line.ts';

/** Variables of nginx, as its documentation's `log_format … escape=json` names them. */
const PLACED = new Set([
  ...['remote_addr', 'remote_port', 'remote_user', 'request', 'request_method', 'request_uri', 'uri', 'status'],
  ...[
    'body_bytes_sent',
    'bytes_sent',
    'http_referrer',
    'http_referer',
    'http_user_agent',
    'time_local',
    'time_iso8601',
  ],
  ...['msec', 'request_time', 'host', 'http_host', 'server_name', 'request_length'],
]);

/** nginx's access log as JSON. */
export class NginxRecord {
  private readonly draft: EventDraft;
  private readonly pairs = new Map<string, string>();

  constructor(draft: EventDraft) {
    this.draft = draft;
  }

  pair(name: string, value: string): void {
    this.pairs.set(name, value);
    if (!PLACED.has(name)) this.draft.label(name, value);
  }

  finish(): VendorTime | undefined {
    const { draft, pairs } = this;
    const get = (...names: string[]) =>
      names.map((name) => pairs.get(name)).find((value) => value !== undefined && value !== '');
    draft.event['event.dataset'] = 'web.access';
    draft.event['observer.product'] = 'nginx';
    const line = splitRequest(get('request') ?? '');
    setRequest(draft, {
      client: get('remote_addr'),
      clientPort: get('remote_port'),
      user: get('remote_user'),
      method: get('request_method') ?? line.method,
      url: get('request_uri', 'uri') ?? line.url,
      status: get('status'),
      bytes: get('body_bytes_sent', 'bytes_sent'),
      referrer: get('http_referrer', 'http_referer'),
      agent: get('http_user_agent'),
      result: undefined,
      hierarchy: undefined,
      peer: undefined,
      type: undefined,
    });
    draft.text('url.domain', get('host', 'http_host', 'server_name')?.replace(/:\d{1,5}$/, ''));
    draft.label('http_version', line.version);
    draft.seconds(get('request_time'));
    const local = get('time_local');
    const clf = local === undefined ? undefined : writtenClf(local);
    return clf ? { written: () => clf } : readWhen(get('time_iso8601', 'msec') ?? '');
  }
}

/** Names of one proxy's JSON, in the order in which they are looked for. */
interface JsonNames {
  readonly product: string;
  readonly client: readonly string[];
  /** Who connected, where `client` may be someone behind it. */
  readonly peer: string;
  readonly port: readonly string[];
  readonly user: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly status: string;
  readonly sent: string;
  readonly received: readonly string[];
  readonly agent: readonly string[];
  readonly referrer: readonly string[];
  readonly version: string;
  readonly duration: string;
  /** Of the duration's unit in a second. */
  readonly unit: number;
  readonly time: string;
  /** Whether that is the moment at which the request began. */
  readonly isStart: boolean;
  /** Said by other fields already. */
  readonly dropped: readonly string[];
}

/** Traefik, "Access Logs", fields of its JSON; durations in nanoseconds. */
export const TRAEFIK: JsonNames = {
  product: 'Traefik',
  client: ['ClientHost', 'ClientAddr'],
  peer: 'ClientHost',
  port: ['ClientPort'],
  user: ['ClientUsername'],
  method: 'RequestMethod',
  url: 'RequestPath',
  host: 'RequestHost',
  status: 'DownstreamStatus',
  sent: 'DownstreamContentSize',
  received: ['RequestContentSize'],
  agent: ['request_User-Agent', 'downstream_User-Agent'],
  referrer: ['request_Referer'],
  version: 'RequestProtocol',
  duration: 'Duration',
  unit: 1_000_000_000,
  time: 'StartUTC',
  isStart: true,
  dropped: ['ClientAddr', 'StartLocal', 'time', 'level', 'msg'],
};

/** Caddy 2, "http.log.access": durations in seconds; `ts` is when the answer was sent. */
export const CADDY: JsonNames = {
  product: 'Caddy',
  client: ['request.client_ip', 'request.remote_ip', 'request.remote_addr'],
  peer: 'request.remote_ip',
  port: ['request.remote_port'],
  user: ['user_id'],
  method: 'request.method',
  url: 'request.uri',
  host: 'request.host',
  status: 'status',
  sent: 'size',
  received: ['bytes_read'],
  agent: ['request.headers.User-Agent'],
  referrer: ['request.headers.Referer'],
  version: 'request.proto',
  duration: 'duration',
  unit: 1,
  time: 'ts',
  isStart: false,
  dropped: ['level', 'msg', 'common_log', 'request.remote_addr', 'request.remote_ip'],
};

/** A proxy's access log as JSON. */
export class ProxyRecord {
  private readonly draft: EventDraft;
  private readonly names: JsonNames;
  private readonly pairs = new Map<string, string>();

  constructor(draft: EventDraft, names: JsonNames) {
    this.draft = draft;
    this.names = names;
  }

  pair(name: string, value: string): void {
    this.pairs.set(name, value);
  }

  finish(): VendorTime | undefined {
    const { draft, names, pairs } = this;
    const used = new Set(names.dropped);
    const get = (...candidates: readonly string[]) => {
      const name = candidates.find((candidate) => pairs.get(candidate) !== undefined);
      if (name !== undefined) used.add(name);
      return name === undefined ? undefined : pairs.get(name);
    };
    draft.event['event.dataset'] = 'web.access';
    draft.event['observer.product'] = names.product;
    draft.event['observer.type'] = 'web-server';
    const client = get(...names.client);
    const peer = pairs.get(names.peer);
    // The port is the proxy's that came, not its client's.
    const isForwarded = peer !== undefined && peer !== client;
    draft.label('proxy', isForwarded ? peer : undefined);
    const clientPort = get(...names.port);
    setRequest(draft, {
      client,
      clientPort: isForwarded ? undefined : clientPort,
      user: get(...names.user),
      method: get(names.method),
      url: get(names.url),
      status: get(names.status),
      bytes: get(names.sent),
      agent: get(...names.agent),
      referrer: get(...names.referrer),
      result: undefined,
      hierarchy: undefined,
      peer: undefined,
      type: undefined,
    });
    draft.text(
      'url.domain',
      get(names.host)
        ?.replace(/:\d{1,5}$/, '')
        .toLowerCase(),
    );
    draft.long('source.bytes', get(...names.received));
    draft.label('http_version', get(names.version)?.replace('HTTP/', ''));
    const duration = Number(get(names.duration));
    if (Number.isFinite(duration)) draft.seconds((duration / names.unit).toFixed(9));
    const when = readWhen(get(names.time) ?? '');
    for (const [name, value] of pairs) if (!used.has(name)) draft.label(name, value);
    return names.isStart && when?.written ? { ...when, start: when.written } : when;
  }
}
