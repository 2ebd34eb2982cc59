import { readHostapd } from '../access-servers/hostapd.ts';
import { readDnsmasqDhcp } from '../dhcp-servers/dnsmasq.ts';
import type { EventDraft } from '../event/draft.ts';
import { readDropbear } from '../logins/others.ts';
import { readSshd } from '../logins/sshd.ts';
import type { VendorParser } from '../vendor.ts';
import { readDevice } from './device.ts';
import { isUbiquitiPacket, readUbiquitiPacket } from './packet.ts';
import { readStationEvent, readTracker } from './station.ts';

type Reader = (text: string, draft: EventDraft) => boolean;

/** Programs of access points and switches. Others' remarks keep their text. */
const PROGRAMS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['hostapd', readHostapd],
  ['dnsmasq-dhcp', readDnsmasqDhcp],
  ['syslog', readStationEvent],
  ['libubnt', readStationEvent],
  ['wevent', readStationEvent],
  ['stahtd', readTracker],
  ['stamgr', readTracker],
  ['dropbear', readDropbear],
  ['sshd', readSshd],
  ['kernel', (text, draft) => readUbiquitiPacket(text, 0, 'kernel', draft)],
]);
/** Models of gateways: UDM, UDM-Pro, UDR, UXG, USG, UCG-Ultra. */
const GATEWAY = /^(?:U[DCX][MRWGK]|USG|UX)(?:$|[-\dP])/;
const TAG = /^([A-Za-z][\w.-]{0,31})(?:\[(\d{1,10})\])?: {1,2}/;

/** Ubiquiti UniFi and EdgeOS: packets of their rule sets, and lines of access points and switches. */
export const ubiquitiParser: VendorParser = {
  name: 'ubiquiti',

  recognises({ text, messageAt }) {
    // A packet inside of journald's JSON is read when the JSON has been.
    if (text.charCodeAt(messageAt) === 0x7b) return false;
    return readDevice(text, messageAt) !== undefined || isUbiquitiPacket(text, messageAt);
  },

  read({ text, messageAt, header }, draft) {
    const { event } = draft;
    event['event.dataset'] = 'ubiquiti.unifi';
    event['observer.vendor'] = 'Ubiquiti';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    const device = readDevice(text, messageAt);
    if (!device) {
      event['observer.type'] = 'firewall';
      readUbiquitiPacket(text, messageAt, header.appname, draft);
      return undefined;
    }
    event['observer.type'] = GATEWAY.test(device.model ?? '') ? 'firewall' : 'access-point';
    draft.text('observer.product', device.model);
    draft.text('observer.version', device.version);
    draft.label('device_mac', device.mac);
    const line = text.slice(device.end);
    const tag = TAG.exec(line);
    if (!tag) return undefined;
    draft.text('log.syslog.appname', tag[1]);
    draft.text('log.syslog.procid', tag[2]);
    PROGRAMS.get((tag[1] as string).toLowerCase())?.(line.slice(tag[0].length), draft);
    return undefined;
  },
};
