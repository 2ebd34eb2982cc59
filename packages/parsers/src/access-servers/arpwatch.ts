import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `new station 10.0.0.5 0:0:5e:0:53:23 eth0`, `flip flop 10.0.0.5 0:0:5e:0:53:24 (0:0:5e:0:53:23)`; octets may lack their zero. */
const SAID =
  /^(new station|new activity|flip flop|changed ethernet address|ethernet mismatch|ethernet broadcast|ip broadcast|bogon|reused old ethernet address|suppressed DECnet flip flop|possible arp spoof) ([\da-fA-F.:]{2,45}) ((?:[\da-fA-F]{1,2}:){5}[\da-fA-F]{1,2})(?: \(((?:[\da-fA-F]{1,2}:){5}[\da-fA-F]{1,2})\))?(?: ([\w.-]{1,32}))?/;

function padded(mac: string | undefined): string | undefined {
  return mac
    ?.split(':')
    .map((octet) => octet.padStart(2, '0'))
    .join(':');
}

/** arpwatch(8): which station has an address, and when that changes. */
export function readArpwatch(text: string, draft: EventDraft): boolean {
  const m = SAID.exec(text);
  if (!m) return false;
  const word = m[1] as string;
  const isNews = word.startsWith('new ') || word.startsWith('changed') || word.startsWith('flip');
  setKind(draft, 'network', isNews ? 'change' : 'info', word);
  draft.event['network.protocol'] = 'arp';
  draft.ip('source.ip', m[2]);
  draft.mac('source.mac', padded(m[3]));
  draft.label('old_mac', padded(m[4]));
  draft.text('observer.ingress.interface.name', m[5]);
  return true;
}
