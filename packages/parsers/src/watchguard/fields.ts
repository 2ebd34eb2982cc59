import type { EventDraft } from '../event/draft.ts';
import {
  account,
  type FieldTable,
  first,
  ip,
  label,
  long,
  lower,
  mac,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const NO_PORT = new Set(['0']);

/** `0.002265 sec(s)`, `80` → `event.duration`. */
const elapsed: Setter = (draft, value) => {
  const seconds = /^\d{1,9}(?:\.\d{1,9})?/.exec(value)?.[0];
  draft.duration(seconds === undefined ? undefined : Math.round(Number(seconds) * 1_000_000_000));
};

/** `ayse@Firebox-DB`: the server that knows the person, unless it is an address of mail. */
export function fireboxAccount(draft: EventDraft, value: string): void {
  const at = value.lastIndexOf('@');
  if (at < 1 || value.indexOf('.', at) >= 0) {
    account(draft, value);
    return;
  }
  draft.text('user.domain', value.slice(at + 1));
  account(draft, value.slice(0, at));
}

/**
 * Names of the pairs after the fixed part of a traffic message (Fireware Log Catalog, "Traffic"). What isn't here becomes
 * a label.
 */
export const FIREBOX_FIELDS: FieldTable = new Map<string, Setter>([
  ['src_user', fireboxAccount],
  ['dst_user', text('destination.user.name')],
  ['src_mac', mac('source.mac')],
  ['dst_mac', mac('destination.mac')],
  ['src_ip_nat', unless(NO_ADDRESS, ip('source.nat.ip'))],
  ['src_port_nat', unless(NO_PORT, port('source.nat.port'))],
  ['dst_ip_nat', unless(NO_ADDRESS, ip('destination.nat.ip'))],
  ['dst_port_nat', unless(NO_PORT, port('destination.nat.port'))],
  ['geo_src', text('source.geo.country_name')],
  ['geo_dst', text('destination.geo.country_name')],
  ['sent_bytes', long('source.bytes')],
  ['rcvd_bytes', long('destination.bytes')],
  ['sent_pkts', long('source.packets')],
  ['rcvd_pkts', long('destination.packets')],
  ...named('duration elapsed_time', elapsed),
  ['in_ifname', first('observer.ingress.interface.name', text('observer.ingress.interface.name'))],
  ['out_ifname', first('observer.egress.interface.name', text('observer.egress.interface.name'))],
  ['op', text('http.request.method')],
  ['method', first('http.request.method', text('http.request.method'))],
  ['user_agent', text('user_agent.original')],
  ...named('app_name app', lower('network.application')),
  ['cats', text('rule.category')],
  ['question', text('dns.question.name')],
  ...named('record_type query_type', text('dns.question.type')),
  ...named('filename file file_name', text('file.name')),
  // Who signed in on the FTP server, or to the Firebox for it.
  ...named('user authenticated_user', first('user.name', account)),
  ['sha256', text('file.hash.sha256')],
  ['virus', text('event.reason')],
  ['signature_name', text('event.reason')],
  ['severity', long('event.severity')],
]);

/** Read by `setUrl` and by the traffic reader. */
export const READ_APART: ReadonlySet<string> = new Set('dstname arg host path sni msg msg_id'.split(' '));

export function applyPair(draft: EventDraft, name: string, value: string): void {
  if (READ_APART.has(name)) return;
  (FIREBOX_FIELDS.get(name) ?? label(name))(draft, value);
}

/** Requests have `dstname` and `arg`, findings `host` and `path`, TLS only `sni`. */
export function setUrl(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const host = pairs.get('dstname') ?? pairs.get('host') ?? pairs.get('sni');
  const path = pairs.get('arg') ?? pairs.get('path');
  draft.text('url.domain', host);
  draft.text('destination.domain', host);
  if (path === undefined || path === '') return;
  draft.text('url.original', `${host ?? ''}${path}`);
  const query = path.indexOf('?');
  draft.text('url.path', query < 0 ? path : path.slice(0, query));
}
