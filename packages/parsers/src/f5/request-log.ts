import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account, ip, label, long, named, port, type Setter, text } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readDelimited } from '../key-value/delimited.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setSecurity } from './security.ts';

/** `example.com: 443`, `[2001:db8::1]:80` */
const host: Setter = (draft, value) => {
  const name = /^\[?([^\]\s]{1,253}?)\]?(?:: ?\d{1,5})?$/.exec(value)?.[1];
  draft.text('url.domain', name);
};

/** Requests that LTM logs by an iRule of Splunk's add-on or a Telemetry Streaming profile. Others are labels. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...named('src_ip client_ip', ip('source.ip')),
  ...named('src_port client_port', port('source.port')),
  ...named('vip server_ip', ip('destination.ip')),
  ...named('vip_port server_port', port('destination.port')),
  ['node', ip('destination.nat.ip')],
  ['node_port', port('destination.nat.port')],
  ['http_method', text('http.request.method')],
  ['http_host', host],
  ['http_uri', text('url.original')],
  ['http_user_agent', text('user_agent.original')],
  ['http_status', long('http.response.status_code')],
  // What came in from the client and went out to it.
  ['bytes_in', long('source.bytes')],
  ['bytes_out', long('destination.bytes')],
  ['user', account],
  ...named('hostname', text('observer.name')),
  ...named('virtual_server virtual_name', label('virtual_server')),
]);
const LEFT_OUT = new Set(['http_url', 'telemetryEventCategory', 'event_timestamp']);
const TIMES = ['req_start_time', 'event_timestamp', 'date_time'];

export const IRULE_LOG = 'f5_irule=';

/** `…,f5_irule=Splunk-HSL-iRule-HTTP,src_ip=10.0.0.5,vip=203.0.113.80,http_method=GET,…` */
export function readRequestLog(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const record = new BigIpRecord(draft);
  readDelimited(text, at, ',', (name, value) => record.pair(name, value));
  return record.finish();
}

/** A record of pairs: an iRule's, or what Telemetry Streaming sends as JSON. */
export class BigIpRecord {
  private readonly draft: EventDraft;
  private readonly pairs = new Map<string, string>();

  constructor(draft: EventDraft) {
    this.draft = draft;
  }

  pair(name: string, value: string): void {
    this.pairs.set(name, value);
  }

  finish(): VendorTime | undefined {
    const { draft, pairs } = this;
    const { event } = draft;
    event['event.dataset'] = 'f5.bigip';
    event['observer.vendor'] = 'F5';
    event['observer.product'] = 'BIG-IP';
    event['observer.type'] = 'firewall';
    if (pairs.has('http_method')) this.readRequest();
    else setSecurity(draft, pairs);
    const written = TIMES.map((name) => pairs.get(name)).find((value) => value !== undefined) ?? '';
    return { written: () => readTime(written.replace(/^(\d{4})\/(\d\d)\//, '$1-$2-'), 0)?.time };
  }

  private readRequest(): void {
    const { draft, pairs } = this;
    setKind(draft, 'web', 'info', 'request');
    for (const [name, value] of pairs) if (!LEFT_OUT.has(name)) (FIELDS.get(name) ?? label(name))(draft, value);
    draft.text('url.path', pairs.get('http_uri')?.split('?', 1)[0]);
    const took = pairs.get('req_elapsed_time') ?? '';
    // Milliseconds.
    if (/^\d{1,9}$/.test(took)) draft.duration(Number(took) * 1_000_000);
    addTotals(draft);
    dropUntranslated(draft);
  }
}
