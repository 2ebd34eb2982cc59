import type { EventDraft } from '../event/draft.ts';
import { long, type Setter, text } from '../event/setters.ts';
import { readWhen } from '../time/read-when.ts';
import { canonicalIp } from '../values/ip.ts';
import type { VendorTime } from '../vendor.ts';
import { applyField } from './fields.ts';
import { finishSession } from './traffic.ts';

/** Names of the streamed records ("Logstash streaming": firewall, web and threat data) in the keys of the activity log. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['src_iface', 'srcIF'],
  ['src_ip', 'srcIP'],
  ['source_ip', 'srcIP'],
  ['src_port', 'srcPort'],
  ['source_port', 'srcPort'],
  ['src_mac', 'srcMAC'],
  ['dst_iface', 'dstIF'],
  ['dst_ip', 'dstIP'],
  ['destination_ip', 'dstIP'],
  ['dst_port', 'dstPort'],
  ['destination_port', 'dstPort'],
  ['port', 'dstPort'],
  ['dst_mac', 'dstMAC'],
  ['fw_rule', 'rule'],
  ['src_ip_nat', 'srcNAT'],
  ['dst_ip_nat', 'dstNAT'],
  ['fwd_bytes', 'sentBytes'],
  ['rev_bytes', 'receivedBytes'],
  ['fwd_packets', 'sentPackets'],
  ['rev_packets', 'receivedPackets'],
  ['ip_proto', 'proto'],
  ['trans_proto', 'proto'],
  ['duration', 'duration'],
  ['operation', 'action'],
  ['domain', 'target'],
]);
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  // The session's user, or the client's address where there is none.
  [
    'user',
    (draft, value) => {
      if (canonicalIp(value) === undefined) applyField(draft, 'user', value);
    },
  ],
  ['method', text('http.request.method')],
  ['status_code', long('http.response.status_code')],
  ['user_agent', text('user_agent.original')],
  ['name', text('url.original')],
  ['app_target', text('file.name')],
  ['description', text('event.reason')],
  ['ips_category', text('rule.category')],
]);
/** Web records tell the action by a number. */
const NUMBER = /^\d{1,3}$/;
/** Parts of the timestamp. */
const TIMES = new Set(['timestamp', 'date', 'time', 'timezone']);
const THREATS: ReadonlyMap<string, string> = new Map([
  ['IPS', 'intrusion_detection'],
  ['Virus', 'malware'],
  ['ATD', 'malware'],
]);

/** A record that CloudGen Firewall streams as JSON. */
export class BarracudaRecord {
  private readonly draft: EventDraft;
  private time: VendorTime | undefined;
  private threat: string | undefined;
  private isWeb = false;

  constructor(draft: EventDraft) {
    this.draft = draft;
  }

  pair(name: string, value: string): void {
    if (value === '') return;
    if (name === 'timestamp') this.time = readWhen(value);
    if (TIMES.has(name)) return;
    if (name === 'type') this.threat = value;
    if (name === 'traffic_type') this.isWeb = true;
    const key = name === 'action' && !NUMBER.test(value) ? 'action' : KEYS.get(name);
    const set = FIELDS.get(name);
    if (set) set(this.draft, value);
    else if (key !== undefined) applyField(this.draft, key, value);
    else this.draft.label(name, value);
  }

  /** After the last pair. */
  finish(): VendorTime | undefined {
    const { draft } = this;
    const { event } = draft;
    event['event.dataset'] = 'barracuda.cloudgen';
    event['observer.vendor'] = 'Barracuda';
    event['observer.product'] = 'CloudGen Firewall';
    event['observer.type'] = 'firewall';
    finishSession(draft);
    if (this.isWeb) event['event.category'] = 'web';
    if (this.threat !== undefined) event['event.category'] = THREATS.get(this.threat) ?? 'intrusion_detection';
    return this.time;
  }
}
