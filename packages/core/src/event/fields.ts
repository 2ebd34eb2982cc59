/**
 * The one table of event fields. The zod schema, the TypeScript type, the DuckDB columns, the Elasticsearch mapping
 * and the explorer's field list are all made from it. Names follow Elastic Common Schema 8; what ECS lacks is under
 * `logmaster.*`, and what no column fits goes to `labels.*`.
 *
 * Types: `date` is µs since 1970-01-01T00:00Z inside and RFC 3339 at the edge; `ip` is canonical text (RFC 5952 for
 * IPv6); `long` is a safe integer; `text` is searched by word, `keyword` by its whole value.
 */
export type FieldType = 'date' | 'ip' | 'keyword' | 'text' | 'long';

/** Where the explorer shows the field: facets and the drawer are grouped by this. */
export type FieldGroup = 'time' | 'who' | 'where' | 'what' | 'rule' | 'nat' | 'device' | 'web' | 'syslog' | 'logmaster';

export interface FieldDefinition {
  readonly type: FieldType;
  readonly group: FieldGroup;
}

const field = <T extends FieldType>(type: T, group: FieldGroup) => ({ type, group }) as const;

/** Every field that an event may have besides `labels`: the one list for parsers, index, query language and pages. */
export const EVENT_FIELDS = {
  '@timestamp': field('date', 'time'),
  'event.start': field('date', 'time'),
  'event.end': field('date', 'time'),
  /** Nanoseconds, as ECS asks. */
  'event.duration': field('long', 'time'),

  message: field('text', 'what'),
  /** The raw record decoded as text. The bytes themselves are in the segment. */
  'event.original': field('text', 'what'),
  'event.kind': field('keyword', 'what'),
  'event.category': field('keyword', 'what'),
  /** One word: allowed, denied, start, end, info, error, … The explorer stacks its bars by it. */
  'event.type': field('keyword', 'what'),
  /** The vendor's own word in lower case: close, built, teardown. */
  'event.action': field('keyword', 'what'),
  'event.outcome': field('keyword', 'what'),
  'event.code': field('keyword', 'what'),
  'event.dataset': field('keyword', 'what'),
  'event.reason': field('keyword', 'what'),
  'event.severity': field('long', 'what'),
  'log.level': field('keyword', 'what'),

  'source.ip': field('ip', 'who'),
  'source.port': field('long', 'who'),
  'source.mac': field('keyword', 'who'),
  'source.domain': field('keyword', 'who'),
  'source.bytes': field('long', 'who'),
  'source.packets': field('long', 'who'),
  'source.geo.country_name': field('keyword', 'who'),
  /** ISO 3166-1 alpha-2. */
  'source.geo.country_iso_code': field('keyword', 'who'),
  'source.as.number': field('long', 'who'),
  'source.as.organization.name': field('keyword', 'who'),
  'user.name': field('keyword', 'who'),
  'user.domain': field('keyword', 'who'),
  'user.group.name': field('keyword', 'who'),
  'host.name': field('keyword', 'who'),
  /** Name of the asset that the address or MAC is listed as, at the time of receive. */
  'logmaster.source.asset.name': field('keyword', 'who'),
  /** Concluded from another record (`logmaster.derived.source`, its id): who was logged in at the source address then. */
  'logmaster.derived.user.name': field('keyword', 'who'),
  'logmaster.derived.source': field('keyword', 'who'),
  /** Concluded from the lease (`logmaster.derived.host.source`) that the source address had then. */
  'logmaster.derived.host.name': field('keyword', 'who'),
  'logmaster.derived.host.mac': field('keyword', 'who'),
  'logmaster.derived.host.source': field('keyword', 'who'),

  'destination.ip': field('ip', 'where'),
  'destination.port': field('long', 'where'),
  'destination.mac': field('keyword', 'where'),
  'destination.domain': field('keyword', 'where'),
  'destination.bytes': field('long', 'where'),
  'destination.packets': field('long', 'where'),
  'destination.geo.country_name': field('keyword', 'where'),
  'destination.geo.country_iso_code': field('keyword', 'where'),
  'destination.as.number': field('long', 'where'),
  'destination.as.organization.name': field('keyword', 'where'),
  'destination.user.name': field('keyword', 'where'),
  'logmaster.destination.asset.name': field('keyword', 'where'),
  'network.transport': field('keyword', 'where'),
  'network.protocol': field('keyword', 'where'),
  'network.application': field('keyword', 'where'),
  'network.direction': field('keyword', 'where'),
  'network.iana_number': field('keyword', 'where'),
  'network.type': field('keyword', 'where'),
  'network.bytes': field('long', 'where'),
  'network.packets': field('long', 'where'),
  'network.vlan.id': field('keyword', 'where'),
  /** IANA's name of the service at the destination port. What a port is for, not what was spoken there. */
  'logmaster.service.name': field('keyword', 'where'),

  'source.nat.ip': field('ip', 'nat'),
  'source.nat.port': field('long', 'nat'),
  'destination.nat.ip': field('ip', 'nat'),
  'destination.nat.port': field('long', 'nat'),

  'rule.id': field('keyword', 'rule'),
  'rule.name': field('keyword', 'rule'),
  'rule.uuid': field('keyword', 'rule'),
  'rule.category': field('keyword', 'rule'),
  'rule.ruleset': field('keyword', 'rule'),

  'url.original': field('keyword', 'web'),
  'url.domain': field('keyword', 'web'),
  'url.path': field('keyword', 'web'),
  'http.request.method': field('keyword', 'web'),
  'http.response.status_code': field('long', 'web'),
  'user_agent.original': field('keyword', 'web'),
  'dns.question.name': field('keyword', 'web'),
  'dns.question.type': field('keyword', 'web'),
  'dns.response_code': field('keyword', 'web'),
  'file.name': field('keyword', 'web'),
  'file.hash.sha256': field('keyword', 'web'),

  'observer.vendor': field('keyword', 'device'),
  'observer.product': field('keyword', 'device'),
  'observer.type': field('keyword', 'device'),
  'observer.name': field('keyword', 'device'),
  'observer.hostname': field('keyword', 'device'),
  'observer.serial_number': field('keyword', 'device'),
  'observer.version': field('keyword', 'device'),
  'observer.ip': field('ip', 'device'),
  'observer.ingress.interface.name': field('keyword', 'device'),
  'observer.egress.interface.name': field('keyword', 'device'),
  'observer.ingress.zone': field('keyword', 'device'),
  'observer.egress.zone': field('keyword', 'device'),

  'log.syslog.priority': field('long', 'syslog'),
  'log.syslog.facility.code': field('long', 'syslog'),
  'log.syslog.severity.code': field('long', 'syslog'),
  'log.syslog.hostname': field('keyword', 'syslog'),
  'log.syslog.appname': field('keyword', 'syslog'),
  'log.syslog.procid': field('keyword', 'syslog'),
  'log.syslog.msgid': field('keyword', 'syslog'),
  'log.syslog.version': field('keyword', 'syslog'),

  /** Address the record came from on the wire, not the one it claims. */
  'log.source.address': field('ip', 'logmaster'),
  'logmaster.record.id': field('keyword', 'logmaster'),
  'logmaster.received_at': field('date', 'logmaster'),
  'logmaster.transport': field('keyword', 'logmaster'),
  /** Letters of core/record.ts RECORD_FLAGS, empty for most records. */
  'logmaster.flags': field('keyword', 'logmaster'),
  'logmaster.site.id': field('keyword', 'logmaster'),
  'logmaster.site.name': field('keyword', 'logmaster'),
  'logmaster.device.id': field('keyword', 'logmaster'),
  /** The device's own id of a session or connection: links open, NAT and close. */
  'logmaster.session.id': field('keyword', 'logmaster'),
  'logmaster.parser': field('keyword', 'logmaster'),
  /** ok | partial | failed | raw (no parser knows the format). */
  'logmaster.parse.status': field('keyword', 'logmaster'),
  /** `field: reason` joined by `; `, for values that did not fit their type. */
  'logmaster.parse.errors': field('keyword', 'logmaster'),
} as const satisfies Record<string, FieldDefinition>;

export type FieldName = keyof typeof EVENT_FIELDS;

export const FIELD_NAMES = Object.keys(EVENT_FIELDS) as readonly FieldName[];

/** Prefix of vendor and custom fields without a column. Values are text. */
export const LABEL_PREFIX = 'labels.';

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(EVENT_FIELDS, name);
}
