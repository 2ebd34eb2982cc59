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
