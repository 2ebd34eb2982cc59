import { FortigateRecord } from '../../fortigate/record.ts';
import { readWhen } from '../../time/read-when.ts';
import { isLabelText, labelTable, setCustom } from '../labels.ts';
import type { CefProduct } from '../product.ts';

/** Keys of FortiOS' own fields (FortiOS Log Message Reference, "CEF support"); FortiOS 6.0 wrote the product in full. */
const OWN = /^(?:ad\.)?(?:FTNT(?:FGT|FW|FAZ)?|FortinetFortiGate)/;

/** Keys of the CEF dictionary that FortiOS uses, and its names for the same. */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ['deviceExternalId', 'devid'],
  ['dvchost', 'devname'],
  ['src', 'srcip'],
  ['spt', 'srcport'],
  ['shost', 'srcname'],
  ['smac', 'srcmac'],
  ['suser', 'user'],
  ['duser', 'user'],
  ['dst', 'dstip'],
  ['dpt', 'dstport'],
  ['dhost', 'hostname'],
  ['dmac', 'dstmac'],
  ['sourceTranslatedAddress', 'transip'],
  ['sourceTranslatedPort', 'transport'],
  ['destinationTranslatedAddress', 'tranip'],
  ['destinationTranslatedPort', 'tranport'],
  ['deviceInboundInterface', 'srcintf'],
  ['deviceOutboundInterface', 'dstintf'],
  ['proto', 'proto'],
  ['app', 'service'],
  ['act', 'action'],
  ['externalId', 'sessionid'],
  ['out', 'sentbyte'],
  ['in', 'rcvdbyte'],
  ['request', 'url'],
  ['requestMethod', 'httpmethod'],
  ['requestClientApplication', 'agent'],
  ['requestContext', 'catdesc'],
  ['fname', 'filename'],
  ['fsize', 'filesize'],
  ['outcome', 'status'],
  ['sproc', 'ui'],
  ['reason', 'reason'],
  ['msg', 'msg'],
]);
/** In VPN events the firewall itself is the source, and the far end the destination (the same, "CEF field mapping": VPN). */
const TUNNEL_ENDS: ReadonlyMap<string, string> = new Map([
  ['src', 'locip'],
  ['spt', 'locport'],
  ['dst', 'remip'],
  ['dpt', 'remport'],
]);
const LABELS = labelTable();
const TYPES = new Set(['traffic', 'utm', 'event']);
const SEPARATE = new Set(['cat', 'rt', 'start', 'end', 'deviceSeverity']);
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['0', 'incoming'],
  ['1', 'outgoing'],
]);

/** FortiOS with `set format cef`: the same fields under other names, so that the same tables read them. */
export const fortigateProduct: CefProduct = {
  matches: (vendor, product) => vendor === 'fortinet' && /^forti(?:gate|os|wifi)/.test(product),

  read(draft, { classId, name }, pairs) {
    const record = new FortigateRecord(draft);
    const own = new Set([...pairs.keys()].filter((key) => OWN.test(key)).map((key) => key.replace(OWN, '')));
    const [type, subtype] = typesOf([pairs.get('cat'), name, classId], pairs.has('act'));
    const isTunnel = type === 'event' && (subtype === 'vpn' || pairs.get('FTNTFGTsubtype') === 'vpn');
    // In the order of the record, as in its other forms.
    for (const [key, value] of pairs) {
      const name = (isTunnel ? TUNNEL_ENDS.get(key) : undefined) ?? STANDARD.get(key) ?? key;
      if (isLabelText(key, pairs) || setCustom(draft, key, value, pairs, LABELS)) continue;
      if (OWN.test(key)) record.pair(key.replace(OWN, ''), value);
      else if (key === 'deviceDirection') record.pair('direction', DIRECTIONS.get(value) ?? value);
      else if (!SEPARATE.has(key) && !own.has(name)) record.pair(name, value);
    }
    if (!own.has('type')) record.pair('type', type);
    if (!own.has('subtype')) record.pair('subtype', subtype);
    const time = record.finish();
    const received = readWhen(pairs.get('rt') ?? pairs.get('start') ?? '');
    return time.micros !== undefined || own.has('date') ? time : received;
  },
};

/** `traffic:forward` in `cat`; in the name with the action behind it; relays leave the type alone in the class. */
function typesOf(texts: readonly (string | undefined)[], hasAction: boolean): readonly [type: string, subtype: string] {
  for (const text of texts) {
    const [type = '', subtype = ''] = (text ?? '').toLowerCase().split(/[: ]/, 2);
    if (TYPES.has(type)) return [type, text?.includes(':') ? subtype : ''];
  }
  return [hasAction ? 'traffic' : 'event', ''];
}
