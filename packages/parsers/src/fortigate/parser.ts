import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readOffset, readTime } from '../time/read-time.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { classify } from './classify.ts';
import { FORTIGATE_FIELDS, TIME_FIELDS } from './fields.ts';

/** `logid`, `type` and `subtype` stand among the first fields of every FortiOS record. */
const HEAD = 400;

/** FortiOS' default syslog format: `date=… time=… devname="…" devid="…" logid="…" type="…" subtype="…" …`. */
export const fortigateParser: VendorParser = {
  name: 'fortigate',

  recognises({ text, messageAt }) {
    if (!text.startsWith('date=', messageAt) && !text.startsWith('devname=', messageAt)) return false;
    const head = text.slice(messageAt, messageAt + HEAD);
    return head.includes(' logid=') && head.includes(' type=') && head.includes(' subtype=');
  },

  read({ text, messageAt }, draft) {
    const times: Record<string, string> = {};
    const kind = { type: '', subtype: '', status: '', hostname: '', dhcpMessage: '' };
    readPairs(text, messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      const set = FORTIGATE_FIELDS.get(key);
      if (set) {
        set(draft, value);
        return;
      }
      if (TIME_FIELDS.has(key)) times[key] = value;
      else if (key === 'type') kind.type = value;
      else if (key === 'subtype') kind.subtype = value;
      else if (key === 'hostname') kind.hostname = value;
      else if (key === 'dhcp_msg') kind.dhcpMessage = value;
      else {
        if (key === 'status') kind.status = value;
        draft.label(key, value);
      }
    });
    draft.label('type', kind.type);
    draft.label('subtype', kind.subtype);
    const { event } = draft;
    event['event.dataset'] = 'fortinet.fortigate';
    event['observer.vendor'] = 'Fortinet';
    event['observer.product'] = 'FortiGate';
    event['observer.type'] = 'firewall';
    classify(draft, kind);
    addTotals(draft);
    return readFortigateTime(times);
  },
};

function addTotals({ event }: EventDraft): void {
  const [sent, received] = [event['source.bytes'], event['destination.bytes']];
  if (sent !== undefined && received !== undefined) event['network.bytes'] = sent + received;
  const [sentPackets, receivedPackets] = [event['source.packets'], event['destination.packets']];
  if (sentPackets !== undefined && receivedPackets !== undefined) {
    event['network.packets'] = sentPackets + receivedPackets;
  }
}

/** `eventtime` is exact and in UTC: ns since FortiOS 6.2, s before. `date` and `time` are local, `tz` is their offset. */
export function readFortigateTime(times: Record<string, string>): VendorTime {
  const { eventtime = '', date = '', time = '', tz } = times;
  const written = () => readWritten(`${date} ${time}`, tz);
  // Cut as text: 19 digits do not fit a double.
  const digits = /^\d+$/.test(eventtime) ? eventtime.length : 0;
  if (digits === 19) return { micros: Number(eventtime.slice(0, 16)), written };
  if (digits === 16) return { micros: Number(eventtime), written };
  if (digits === 10) return { micros: Number(eventtime) * MICROS_PER_SECOND, written };
  return { written };
}

function readWritten(text: string, tz: string | undefined): WrittenTime | undefined {
  const written = readTime(text, 0)?.time;
  const offset = tz === undefined ? undefined : readOffset(tz);
  return written && offset !== undefined ? { ...written, offset } : written;
}
