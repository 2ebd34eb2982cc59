import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { eachLeaf, type JsonObject, objectOf, readJsonObject, textOf } from '../json-object/json-object.ts';
import { exactMicros } from '../time/exact-time.ts';
import { readTime } from '../time/read-time.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorTime } from '../vendor.ts';
import { READERS } from './event-types.ts';
import { setPeriod } from './period.ts';

/** Members of the record itself that have a place, or say nothing. */
const PLACED = new Set([
  ...['timestamp', 'flow_id', 'in_iface', 'event_type', 'src_ip', 'src_port', 'dest_ip', 'dest_port', 'proto'],
  ...['app_proto', 'vlan', 'flow', 'ether', 'host', 'payload', 'payload_printable', 'packet', 'packet_info', 'stats'],
]);

/** Types of records that are called after the protocol they tell of, besides those with a reader. */
const APPLICATIONS: ReadonlySet<string> = new Set([
  ...['ftp', 'ftp_data', 'rdp', 'nfs', 'tftp', 'ike', 'snmp', 'sip', 'rfb', 'mqtt', 'http2', 'quic', 'modbus', 'dnp3'],
  ...['smtp', 'pgsql', 'telnet', 'ldap', 'websocket', 'mdns', 'bittorrent_dht', 'enip', 'dcerpc'],
]);

/** One record of Suricata's EVE output (Suricata User Guide, "EVE JSON Format"). What has no field is a label. */
export function readEve(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const read = readJsonObject(text, at);
  if (!read) {
    draft.fail('message', 'not a JSON object');
    return undefined;
  }
  if (read.cut) draft.fail('message', 'JSON cut');
  const eve = read.object;
  const kind = textOf(eve, 'event_type') ?? 'unknown';
  setCommon(draft, eve);
  setFlow(draft, eve);
  setKind(draft, 'network', 'info', kind);
  if (APPLICATIONS.has(kind)) draft.event['network.protocol'] ??= kind === 'ftp_data' ? 'ftp' : kind;
  const placed = READERS.get(kind)?.(draft, eve) ?? new Set<string>();
  setLabels(draft, eve, placed);
  const written = textOf(eve, 'timestamp');
  const micros = exactMicros(written);
  if (micros !== undefined) return { micros };
  return written === undefined ? undefined : { written: () => readTime(written, 0)?.time };
}

function setCommon(draft: EventDraft, eve: JsonObject): void {
  draft.text('logmaster.session.id', textOf(eve, 'flow_id'));
  draft.ip('source.ip', textOf(eve, 'src_ip'));
  draft.port('source.port', textOf(eve, 'src_port'));
  draft.ip('destination.ip', textOf(eve, 'dest_ip'));
  draft.port('destination.port', textOf(eve, 'dest_port'));
  const protocol = textOf(eve, 'proto');
  if (protocol !== undefined && readTransport(protocol).number === undefined) draft.label('proto', protocol);
  else draft.transport(protocol);
  const application = textOf(eve, 'app_proto');
  if (application !== 'failed' && application !== 'unknown') draft.text('network.protocol', application);
  draft.text('observer.ingress.interface.name', textOf(eve, 'in_iface'));
  draft.text('observer.name', textOf(eve, 'host'));
  const vlan = eve.vlan;
  draft.text('network.vlan.id', Array.isArray(vlan) ? textOf({ first: vlan[0] }, 'first') : textOf(eve, 'vlan'));
  const ether = objectOf(eve, 'ether');
  draft.mac('source.mac', textOf(ether, 'src_mac'));
  draft.mac('destination.mac', textOf(ether, 'dest_mac'));
  const address = draft.event['source.ip'];
  if (address !== undefined) draft.event['network.type'] = address.includes(':') ? 'ipv6' : 'ipv4';
}

/**
 * Of flow records the totals, of all others the counts so far. A flow's own times differ from the record's. The addresses
 * of an alert are its packet's: when that was an answer, the counts are turned round to fit them.
 */
function setFlow(draft: EventDraft, eve: JsonObject): void {
  const flow = objectOf(eve, 'flow');
  const client = textOf(flow, 'src_ip');
  const answers = client === undefined ? textOf(eve, 'direction') === 'to_client' : client !== textOf(eve, 'src_ip');
  const [asker, answerer] = answers ? (['destination', 'source'] as const) : (['source', 'destination'] as const);
  draft.long(`${asker}.packets`, textOf(flow, 'pkts_toserver'));
  draft.long(`${asker}.bytes`, textOf(flow, 'bytes_toserver'));
  draft.long(`${answerer}.packets`, textOf(flow, 'pkts_toclient'));
  draft.long(`${answerer}.bytes`, textOf(flow, 'bytes_toclient'));
  setPeriod(draft, flow);
}

function setLabels(draft: EventDraft, eve: JsonObject, placed: ReadonlySet<string>): void {
  const put = (name: string, value: string) => {
    if (!placed.has(name)) draft.label(name, value);
  };
  for (const key of ['state', 'reason', 'alerted']) {
    const value = textOf(objectOf(eve, 'flow'), key);
    if (value !== undefined) put(`flow_${key}`, value);
  }
  const rest = Object.fromEntries(Object.entries(eve).filter(([key]) => !PLACED.has(key)));
  eachLeaf(rest, '', put);
}
