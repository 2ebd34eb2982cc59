import type { FieldName } from '@logmaster/core/event/fields';

/** Names in JSON and key=value logs of all systems that mean an ECS field, without `_`, `-`, `.` and capitals. */
const NAMES: readonly (readonly [FieldName, string])[] = [
  [
    'source.ip',
    'srcip src srcaddress sourceip sourceaddress srcaddr clientip client clientaddress remoteip remoteaddr idorigh saddr',
  ],
  ['source.port', 'srcport sport spt sourceport clientport remoteport idorigp'],
  ['source.mac', 'srcmac sourcemac smac mac macaddress clientmac'],
  ['source.nat.ip', 'natsrcip srcnatip translatedsrcip transip sourcetranslatedaddress'],
  ['source.nat.port', 'natsrcport srcnatport translatedsrcport sourcetranslatedport'],
  ['source.bytes', 'bytessent sent sentbytes sentbyte bytesout bytestoserver'],
  ['destination.ip', 'dstip dst dest destip destinationip destinationaddress dstaddr serverip idresph daddr'],
  ['destination.port', 'dstport dport dpt destport destinationport serverport idrespp'],
  ['destination.mac', 'dstmac destinationmac destmac dmac'],
  ['destination.bytes', 'bytesreceived rcvd received receivedbytes rcvdbyte recvbytes bytesrecv bytesin bytestoclient'],
  ['destination.nat.ip', 'natdstip dstnatip translateddstip destinationtranslatedaddress'],
  ['destination.nat.port', 'natdstport dstnatport translateddstport destinationtranslatedport'],
  ['network.iana_number', 'protocolnumber protonumber'],
  ['user.name', 'user username usr suser srcuser login account accountname userid targetusername'],
  ['user.domain', 'userdomain targetdomainname'],
  ['event.action', 'action act eventaction actiontaken'],
  ['event.code', 'eventid signatureid messageid msgid logid'],
  ['event.reason', 'reason'],
  ['event.outcome', 'outcome'],
  ['log.level', 'level loglevel severity priority'],
  ['rule.name', 'rule rulename policy policyname'],
  ['rule.id', 'ruleid policyid'],
  ['observer.name', 'devname devicename deviceid devicehostname'],
  ['host.name', 'hostname host computer'],
  ['url.original', 'url uri requesturl'],
  ['http.request.method', 'method httpmethod requestmethod'],
  ['http.response.status_code', 'statuscode httpstatus responsecode'],
  ['user_agent.original', 'useragent httpuseragent agent'],
  ['dns.question.name', 'query qname dnsquery'],
  ['dns.question.type', 'qtype querytype qtypename'],
  ['logmaster.session.id', 'sessionid connectionid connid flowid'],
  ['message', 'msg message log'],
];

const FIELDS: ReadonlyMap<string, FieldName> = new Map(
  NAMES.flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

/** Names of the record's time, the surest first. */
export const TIME_NAMES: readonly string[] = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'datetime',
  'date_time',
  'eventTime',
  'event_time',
  'EventTime',
  'receive_time',
  '_SOURCE_REALTIME_TIMESTAMP',
  '__REALTIME_TIMESTAMP',
  'date',
];

/** The field that a sender's name means; undefined: it is a label. */
export function fieldOf(name: string): FieldName | undefined {
  if (name.length > 40) return undefined;
  return FIELDS.get(/[._A-Z-]/.test(name) ? name.replace(/[._-]/g, '').toLowerCase() : name);
}
