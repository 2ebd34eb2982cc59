import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { findConnection, readConnection } from './connections.ts';
import { isUlogdJson, readUlogdJson } from './json.ts';
import { findPacket, readPacketMessage } from './message.ts';
import { isProxmoxPacket, readProxmoxPacket } from './proxmox.ts';

/** `[1795452991.123456]` of `conntrack -E -o timestamp`. */
const STAMP = /\[(\d{9,10})\.(\d{6}) {0,8}\]/y;

function stampOf(text: string, at: number): VendorTime | undefined {
  STAMP.lastIndex = at;
  const m = STAMP.exec(text);
  return m ? { micros: Number(m[1]) * MICROS_PER_SECOND + Number(m[2]) } : undefined;
}

/**
 * Packets that netfilter logs (iptables, nftables, ufw, firewalld, Shorewall, OpenWrt, IPFire, …), and connections of
 * conntrack and ulogd2 with their translations. Format: Linux, net/netfilter/nf_log_syslog.c; ulogd2, PRINTPKT,
 * PRINTFLOW and JSON; conntrack(8).
 */
export const netfilterParser: VendorParser = {
  name: 'netfilter',

  recognises({ text, messageAt }) {
    // A packet inside of journald's JSON is read when the JSON has been.
    if (text.charCodeAt(messageAt) === 0x7b) return isUlogdJson(text, messageAt);
    // UniFi's and EdgeOS' packets have a reader of their own, which is asked before.
    return findPacket(text, messageAt) >= 0 || findConnection(text, messageAt) >= 0 || isProxmoxPacket(text, messageAt);
  },

  read({ text, messageAt, header }, draft) {
    const { event } = draft;
    event['event.dataset'] = 'linux.netfilter';
    event['observer.vendor'] = 'Linux';
    event['observer.product'] = 'netfilter';
    event['observer.type'] = 'firewall';
    if (isUlogdJson(text, messageAt)) return readUlogdJson(text, messageAt, draft);
    if (isProxmoxPacket(text, messageAt)) return readProxmoxPacket(text, messageAt, draft);
    const connection = findConnection(text, messageAt);
    if (connection < 0) {
      readPacketMessage(text, messageAt, header.appname, draft);
      return undefined;
    }
    readConnection(text, connection, draft);
    return stampOf(text, messageAt);
  },
};
