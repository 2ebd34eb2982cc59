import { readLogService } from '../../palo-alto/log-service.ts';
import type { WrittenTime } from '../../time/device-time.ts';
import type { Pairs } from '../extension.ts';
import { labelName } from '../labels.ts';
import type { CefProduct } from '../product.ts';

/** Keys of the CEF and LEEF dictionaries → the log service's own names ("Log forwarding schema", CEF). */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['src', 'SourceAddress'],
  ['dst', 'DestinationAddress'],
  ['spt', 'SourcePort'],
  ['dpt', 'DestinationPort'],
  ['sourceTranslatedAddress', 'NATSource'],
  ['sourceTranslatedPort', 'NATSourcePort'],
  ['destinationTranslatedAddress', 'NATDestination'],
  ['destinationTranslatedPort', 'NATDestinationPort'],
  ['proto', 'Protocol'],
  ['app', 'Application'],
  ['act', 'Action'],
  ['suser', 'SourceUser'],
  ['duser', 'DestinationUser'],
  ['shost', 'EndpointDeviceName'],
  ['deviceInboundInterface', 'InboundInterface'],
  ['deviceOutboundInterface', 'OutboundInterface'],
  ['deviceExternalId', 'DeviceSN'],
  ['dvchost', 'DeviceName'],
  ['rt', 'TimeReceived'],
  ['start', 'TimeGenerated'],
  ['cnt', 'CountOfRepeats'],
  ['out', 'BytesSent'],
  ['in', 'BytesReceived'],
  ['externalId', 'SequenceNo'],
  ['request', 'URL'],
  ['requestMethod', 'HTTPMethod'],
  ['requestClientApplication', 'UserAgent'],
  ['requestContext', 'ContentType'],
  ['filePath', 'FileName'],
  ['fname', 'FileName'],
  ['reason', 'SessionEndReason'],
  ['msg', 'EventDescription'],
  ['cat', 'ThreatID'],
]);
/** Texts that name custom fields and are no names. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['Device IPv6 Address', 'SourceIPv6'],
  ['Source IPv6 Address', 'SourceIPv6'],
  ['Destination IPv6 Address', 'DestinationAddress'],
]);
/** No address, in IPv6's way. */
const NO_ADDRESS = '::ffff:0';
const PREFIX = 'PanOS';
/** A HIP match has its name, and an authentication its event, in keys that elsewhere mean something else. */
const BY_TYPE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['HIPMATCH', new Map([['cat', 'HipMatchName']])],
  [
    'AUTH',
    new Map([
      ['duser', 'User'],
      ['fname', 'AuthenticationObject'],
      ['msg', 'AuthEvent'],
    ]),
  ],
  ['SYSTEM', new Map([['cat', 'EventName']])],
  ['CONFIG', new Map([['cat', 'EventName']])],
]);

/** Strata Logging Service and Prisma Access in their CEF and LEEF forms; the class is the log's type. */
export const logServiceProduct: CefProduct = {
  matches: (vendor, product) =>
    vendor === 'palo alto networks' &&
    (product === 'lf' || product === 'logging service' || product === 'prisma access'),

  read(draft, { classId, name }, pairs) {
    draft.drop('observer.version');
    draft.drop('event.code');
    const values = new Map<string, string>([['LogType', classId]]);
    if (name !== '' && name !== classId) values.set('Subtype', name);
    const own = BY_TYPE.get(classId.toUpperCase());
    for (const [key, value] of pairs) {
      if (key.endsWith('Label') && pairs.has(key.slice(0, -5))) continue;
      const known = own?.get(key) ?? NAMES.get(key) ?? labelOf(key, pairs);
      if (value !== '' && value !== NO_ADDRESS && !values.has(known)) values.set(known, value);
    }
    // To the second, as the others are, and in older versions not the record's own.
    values.delete('TimeGeneratedHighResolution');
    const time = readLogService(draft, values);
    if (pairs.get('dtz') !== 'UTC') return time;
    const { written, start } = time;
    return { ...(written ? { written: inUtc(written) } : {}), ...(start ? { start: inUtc(start) } : {}) };
  },
};

/** Times without an offset of their own are in UTC. */
function inUtc(read: () => WrittenTime | undefined): () => WrittenTime | undefined {
  return () => {
    const time = read();
    return time && { ...time, offset: time.offset ?? 0 };
  };
}

/** `cs1` by the text that names it, `PanOSRuleUUID` without the mark. */
function labelOf(key: string, pairs: Pairs): string {
  const name = pairs.get(`${key}Label`);
  if (name !== undefined && name !== '') return LABELS.get(name) ?? labelName(name);
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
}
