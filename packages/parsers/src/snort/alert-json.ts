import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { eachLeaf, type JsonObject, readJsonObject, textOf } from '../json-object/json-object.ts';
import { YEARLESS } from '../time/device-time.ts';
import { utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorTime } from '../vendor.ts';

const PLACED = new Set([
  ...['timestamp', 'seconds', 'proto', 'src_ap', 'dst_ap', 'src_addr', 'src_port', 'dst_addr', 'dst_port', 'eth_src'],
  ...['eth_dst', 'rule', 'sid', 'msg', 'class', 'priority', 'action', 'service', 'vlan', 'iface', 'b64_data'],
]);
/** What a rule does to the packet; `allow`, `alert`, `log` and `pass` let it through. */
const DENIES = /drop|block|reject|reset/i;
/** How far the marks stand at most. */
const MARK_WITHIN = 1024;

export function isAlertJson(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x7b) return false;
  const head = text.slice(at, at + MARK_WITHIN);
  return (head.includes('"src_ap"') || head.includes('"src_addr"')) && /"(?:sid|rule|msg)" ?:/.test(head);
}

/** One line of Snort 3's alert_json (Snort 3 User Manual, "alert_json"); its fields are the administrator's choice. */
export function readAlertJson(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const read = readJsonObject(text, at);
  if (!read) {
    draft.fail('message', 'not a JSON object');
    return undefined;
  }
  if (read.cut) draft.fail('message', 'JSON cut');
  const alert = read.object;
  const action = textOf(alert, 'action')?.toLowerCase() ?? 'alert';
  draft.event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', DENIES.test(action) ? 'denied' : 'allowed', action);
  draft.text('rule.id', textOf(alert, 'sid') ?? textOf(alert, 'rule')?.split(':', 3)[1]);
  draft.text('rule.name', textOf(alert, 'msg'));
  const category = textOf(alert, 'class');
  if (category !== 'none') draft.text('rule.category', category);
  draft.long('event.severity', textOf(alert, 'priority'));
  setSide(draft, 'source', textOf(alert, 'src_ap'), textOf(alert, 'src_addr'), textOf(alert, 'src_port'));
  setSide(draft, 'destination', textOf(alert, 'dst_ap'), textOf(alert, 'dst_addr'), textOf(alert, 'dst_port'));
  draft.mac('source.mac', textOf(alert, 'eth_src'));
  draft.mac('destination.mac', textOf(alert, 'eth_dst'));
  const protocol = textOf(alert, 'proto');
  if (protocol !== undefined && readTransport(protocol).number !== undefined) draft.transport(protocol);
  else draft.label('proto', protocol);
  const service = textOf(alert, 'service');
  if (service !== 'unknown') draft.text('network.protocol', service);
  const vlan = textOf(alert, 'vlan');
  if (vlan !== '0') draft.text('network.vlan.id', vlan);
  draft.text('observer.ingress.interface.name', textOf(alert, 'iface'));
  eachLeaf(alert, '', (name, value) => {
    if (!PLACED.has(name)) draft.label(name, value);
  });
  return timeOf(alert);
}

/** `10.0.0.5:0` where a protocol has no ports. */
function setSide(
  draft: EventDraft,
  side: 'source' | 'destination',
  pair: string | undefined,
  address: string | undefined,
  port: string | undefined,
): void {
  const endpoint = pair === undefined ? undefined : readEndpoint(pair, true);
  draft.ip(`${side}.ip`, address ?? endpoint?.ip ?? pair);
  const number = port ?? endpoint?.port;
  if (number !== '0') draft.port(`${side}.port`, number);
}

function timeOf(alert: JsonObject): VendorTime | undefined {
  const seconds = textOf(alert, 'seconds');
  if (seconds !== undefined && /^\d{9,11}$/.test(seconds)) return { micros: Number(seconds) * 1e6 };
  const m = /^(?:(\d\d)\/)?(\d\d)\/(\d\d)-(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(textOf(alert, 'timestamp') ?? '');
  if (!m) return undefined;
  // With `-y` the year stands before: `26/11/23-19:56:31.123456`.
  const year = m[1] === undefined ? YEARLESS : 2000 + Number(m[1]);
  const local = utcMicros(year, Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]), m[7]);
  if (local === undefined) return undefined;
  return { written: () => ({ local, yearMissing: m[1] === undefined, offset: undefined }) };
}
