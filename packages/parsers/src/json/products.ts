import { BarracudaRecord } from '../barracuda/record.ts';
import { CheckPointRecord } from '../check-point/record.ts';
import type { EventDraft } from '../event/draft.ts';
import { BigIpRecord } from '../f5/request-log.ts';
import { FortigateRecord } from '../fortigate/record.ts';
import { isLogService, readLogService } from '../palo-alto/log-service.ts';
import type { VendorTime } from '../vendor.ts';
import { CADDY, NginxRecord, ProxyRecord, TRAEFIK } from '../web-log/json-record.ts';

/** A record that takes names and values in whatever form they were written. */
interface PairRecord {
  pair(name: string, value: string): void;
  finish(): VendorTime | undefined;
}

/** Vendors that can write their own fields as JSON, and the names by which they are known. */
const PRODUCTS: readonly (readonly [marks: readonly string[], make: (draft: EventDraft) => PairRecord])[] = [
  [['logid', 'type', 'subtype', 'vd'], (draft) => new FortigateRecord(draft)],
  [['loguid', 'origin', 'product'], (draft) => new CheckPointRecord(draft)],
  [['fw_rule', 'app_rule'], (draft) => new BarracudaRecord(draft)],
  [['telemetryEventCategory'], (draft) => new BigIpRecord(draft)],
  [['support_id', 'policy_name', 'violations'], (draft) => new BigIpRecord(draft)],
  [['remote_addr', 'status', 'http_user_agent'], (draft) => new NginxRecord(draft)],
  [['RequestMethod', 'DownstreamStatus'], (draft) => new ProxyRecord(draft, TRAEFIK)],
  [['request.method', 'request.uri', 'status', 'duration'], (draft) => new ProxyRecord(draft, CADDY)],
  [['component', 'threat_severity', 'trans_proto'], (draft) => new BarracudaRecord(draft)],
];

/** Reads a vendor's own fields. Undefined: it is none of theirs. */
export function readVendorFields(
  draft: EventDraft,
  values: ReadonlyMap<string, string>,
): { readonly time: VendorTime | undefined } | undefined {
  if (isLogService(values)) return { time: readLogService(draft, values) };
  const product = PRODUCTS.find(([marks]) => marks.every((mark) => values.has(mark)));
  if (product === undefined) return undefined;
  const record = product[1](draft);
  for (const [name, value] of values) record.pair(name, value);
  return { time: record.finish() };
}
