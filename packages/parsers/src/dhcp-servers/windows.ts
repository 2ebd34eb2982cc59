import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { utcMicros } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setLease } from './lease.ts';

/** `10,11/23/26,19:56:31,Assign,`; agents put a tag or a tab before. */
const HEAD = /((?:[\w.-]{1,48}[:\t]?[ \t])?)(\d{1,5}),(\d\d)\/(\d\d)\/(\d\d(?:\d\d)?),(\d\d):(\d\d):(\d\d),/y;
/** Lines of the head of each day's file, which agents send as well. */
const BANNERS = [
  'Microsoft DHCP Service Activity Log',
  'ID,Date,Time,Description',
  'Event ID  Meaning',
  'QResult: 0: NoQuarantine',
];
const MAX_COLUMNS = 24;

/** Columns after the four of the head: DHCPv4 audit log ("DHCP Server audit log file format", learn.microsoft.com). */
const V4_LABELS: readonly (readonly [column: number, name: string])[] = [
  [8, 'transaction_id'],
  [9, 'qresult'],
  [11, 'correlation_id'],
  [12, 'dhcid'],
  [14, 'vendor_class'],
  [16, 'user_class'],
  [17, 'relay_agent_information'],
  [18, 'dns_error'],
];
/** Identifiers of DHCPv6 records begin here; their columns differ. */
const FIRST_V6 = 11_000;

const ACTIONS: ReadonlyMap<number, string> = new Map([
  [10, 'assigned'],
  [11, 'renewed'],
  [12, 'released'],
  [13, 'conflict'],
  [14, 'exhausted'],
  [15, 'nak'],
  [16, 'deleted'],
  [17, 'expired'],
  [18, 'expired'],
  [20, 'assigned'],
  [21, 'assigned'],
  [22, 'exhausted'],
  [23, 'deleted'],
  // The server writes the address only when it has given it.
  [11_002, 'assigned'],
  [11_004, 'renewed'],
  [11_005, 'renewed'],
  [11_006, 'declined'],
  [11_007, 'released'],
  [11_009, 'exhausted'],
  [11_014, 'conflict'],
  [11_015, 'conflict'],
  [11_016, 'deleted'],
  [11_018, 'expired'],
  [11_019, 'expired'],
]);

/** Until the first comma: an agent's word and the identifier. */
const COMMA_WITHIN = 56;

export function isWindowsDhcp(text: string, at: number): boolean {
  const comma = text.indexOf(',', at);
  if (comma < 0 || comma > at + COMMA_WITHIN) return BANNERS.some((banner) => text.startsWith(banner, at));
  HEAD.lastIndex = at;
  if (HEAD.test(text)) return true;
  return BANNERS.some((banner) => text.startsWith(banner, at));
}

/** `DNS Update Request`: its address is written as the zone of reverse look-ups is. */
const DNS_REQUEST = 30;

/** `50.1.168.192` → `192.168.1.50`, unless it stands the right way round. */
function straightened(written: string | undefined): string | undefined {
  const reversed = written?.split('.').reverse().join('.');
  const isPrivate = (address: string) => /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(address);
  return written !== undefined && isPrivate(written) && !isPrivate(reversed ?? '') ? written : reversed;
}

/** One line of a Windows DHCP server's audit log. Its time has no zone: the server's. */
export function readWindowsDhcp(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (!head) {
    setKind(draft, 'host', 'info', 'banner');
    return undefined;
  }
  const columns = text.slice(at + (head[1] as string).length).split(',', MAX_COLUMNS);
  const id = Number(head[2]);
  draft.event['event.code'] = head[2] as string;
  const [, , , description, written, host] = columns;
  const ip = id === DNS_REQUEST ? straightened(written) : written;
  const v6 = id >= FIRST_V6;
  const mac = v6 ? undefined : columns[6];
  const action = ACTIONS.get(id) ?? description?.trim().toLowerCase() ?? '';
  setLease(draft, { action, ip, mac, host, ...(v6 ? { duid: columns[8] } : {}) });
  draft.text('event.reason', description?.trim());
  if (v6) draft.text('user.name', columns[9]);
  else {
    draft.text('user.name', columns[7]);
    for (const [column, name] of V4_LABELS) draft.label(name, columns[column]);
  }
  return { written: () => writtenTime(head) };
}

function writtenTime(head: RegExpExecArray) {
  const [month, day, written, hour, minute, second] = head.slice(3).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const year = written < 100 ? 2000 + written : written;
  const local = utcMicros(year, month - 1, day, hour, minute, second);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
