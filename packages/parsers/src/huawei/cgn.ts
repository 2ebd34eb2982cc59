import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

/** `1 2026 Nov 23 19:56:31 10.0.0.1 ne40 - NAT444:UserbasedA [`, behind PRI: RFC 5424 but for its time. */
const HEAD =
  /(?:1 )?(\d{4}) ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) ([\w.:-]{1,64}) ([\w.-]{1,64}) [\w-]{1,32} (NAT\d{2,3}|DS-?LITE):(User|Session)based(A|W) \[([^\]]{1,256})\]/iy;
/** In all its records, not far from their beginning. */
const MARK = /based[AW] \[/;
const REACH = 200;

function headOf({ text, header }: VendorInput): RegExpExecArray | null {
  if (!MARK.test(text.slice(0, REACH))) return null;
  HEAD.lastIndex = header.priority === undefined ? 0 : text.indexOf('>') + 1;
  return HEAD.exec(text);
}

/** Is it a record of carrier grade NAT, as NE routers send it ("User syslog", "Flow syslog", type 3)? */
export function isCgn(input: VendorInput): boolean {
  return headOf(input) !== null;
}

/**
 * `[L4 source source-IPv6 translated port first last]`, `-` where there is none: a session has its port as the first, a user a
 * block of ports.
 */
export function readCgn(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const head = headOf(input);
  if (!head) return undefined;
  const [, year, month, day, clock, host, name, scene = '', kind, change, record = ''] = head;
  const { event } = draft;
  event['event.dataset'] = 'huawei.cgn';
  event['observer.vendor'] = 'Huawei';
  event['observer.product'] = 'NE';
  event['observer.type'] = 'router';
  event.message = input.text.slice(head.index);
  for (const field of ['log.syslog.appname', 'log.syslog.procid', 'log.syslog.msgid'] as const) draft.drop(field);
  draft.text('observer.name', name);
  draft.ip('observer.ip', host);
  draft.text('log.syslog.hostname', host);
  draft.text('event.code', `${kind}based${change}`);
  draft.label('nat', scene.toLowerCase());
  setKind(draft, 'network', change?.toUpperCase() === 'A' ? 'start' : 'end', `${kind}based${change}`);
  const values = record.split(/[ |]/, 8).map((value) => (value === '-' ? undefined : value));
  const [l4, inside, inside6, outside, port, first, last] = values;
  draft.transport(l4);
  draft.ip('source.ip', inside ?? inside6);
  draft.ip('source.nat.ip', outside);
  if (port !== '0') draft.port('source.port', port);
  draft.port('source.nat.port', first);
  if (first !== undefined && last !== undefined && last !== first) draft.label('port_block', `${first}-${last}`);
  return { written: () => readTime(`${month} ${day?.padStart(2)} ${year} ${clock}`, 0)?.time };
}
