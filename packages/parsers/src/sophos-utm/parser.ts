import { readPairs } from '../key-value/pairs.ts';
import { relayedHeader } from '../syslog/relayed.ts';
import type { VendorParser } from '../vendor.ts';
import { classifyUtm } from './classify.ts';
import { UTM_FIELDS } from './fields.ts';

/** A relay or an RFC 5424 header can leave the program before it. */
const MARK = /(?:[\w-]{1,32}(?:\[\d{1,10}\])?: ){0,2}id="\d{3,5}" severity="\w{1,16}" sys="\w{1,32}" sub="/y;
/** The reverse proxy's lines of older versions begin with the client. */
const REVERSE = /id="02\d\d" srcip="[\da-fA-F.:]{2,45}" localip="/y;
const WEB = new Set(['http', 'httpproxy', 'reverseproxy']);

/**
 * Sophos UTM 9 (Astaro): `ulogd[…]: id="2001" severity="info" sys="SecureNet" sub="packetfilter" …`, and what httpproxy,
 * aua, snort, openvpn and confd write likewise. Its dhcpd, sshd and named lines are those of the programs.
 */
export const sophosUtmParser: VendorParser = {
  name: 'sophos_utm',

  recognises({ text, messageAt }) {
    MARK.lastIndex = relayedHeader(text, messageAt)?.end ?? messageAt;
    REVERSE.lastIndex = messageAt;
    return MARK.test(text) || REVERSE.test(text);
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    draft.text('observer.name', relayedHeader(text, messageAt)?.name);
    REVERSE.lastIndex = messageAt;
    let [sub, name, said, size, port] = [REVERSE.test(text) ? 'reverseproxy' : '', '', '', '', ''];
    readPairs(text, messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      const set = UTM_FIELDS.get(key);
      if (set) set(draft, value);
      else {
        if (key === 'sub') sub = value;
        else if (key === 'name') name = value;
        else if (key === 'event') said = value;
        else if (key === 'size') size = value;
        else if (key === 'port') port = value;
        draft.label(key, value);
      }
    });
    event['event.dataset'] = 'sophos.utm';
    event['observer.vendor'] = 'Sophos';
    event['observer.product'] = 'UTM';
    event['observer.type'] = 'firewall';
    classifyUtm(draft, sub, name === '' ? said : `${name} ${said}`.trim());
    // Mails have a size, too, and it is not what a client has got.
    if (WEB.has(sub) && /^\d{1,16}$/.test(size)) draft.long('destination.bytes', size);
    if (sub === 'reverseproxy' && /^\d{1,5}$/.test(port)) draft.port('destination.port', port);
    const url = event['url.original'];
    if (url !== undefined && event['url.domain'] === undefined) draft.text('url.domain', hostOf(url));
    return undefined;
  },
};

/** Host of `https://host:port/path`; undefined for anything else. */
function hostOf(url: string): string | undefined {
  return /^[a-z]{2,8}:\/\/([^/:?#]{1,253})/i.exec(url)?.[1]?.toLowerCase();
}
