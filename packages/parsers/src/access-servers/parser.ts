import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import { readTime, type TimeAndEnd } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readPortal } from './captive-portal.ts';
import { readHostapd } from './hostapd.ts';
import { isNps, readNps } from './nps.ts';
import { readRadius } from './radius.ts';
import { isRadiusDetail, readRadiusDetail } from './radius-detail.ts';

interface Server {
  readonly dataset: string;
  readonly product: string;
  readonly type: string;
  readonly read: (text: string, draft: EventDraft) => boolean;
}

const HOSTAPD: Server = { dataset: 'hostapd.log', product: 'hostapd', type: 'access-point', read: readHostapd };
const RADIUS: Server = { dataset: 'freeradius.log', product: 'FreeRADIUS', type: 'radius-server', read: readRadius };
const CHILLI: Server = { dataset: 'coova.chilli', product: 'CoovaChilli', type: 'captive-portal', read: readPortal };
const SPLASH: Server = { dataset: 'nodogsplash.log', product: 'nodogsplash', type: 'captive-portal', read: readPortal };

export const PROGRAMS: ReadonlyMap<string, Server> = new Map([
  ['hostapd', HOSTAPD],
  ...['radiusd', 'freeradius', 'radius'].map((name) => [name, RADIUS] as const),
  ...['coova-chilli', 'chilli', 'coovachilli'].map((name) => [name, CHILLI] as const),
  ...['nodogsplash', 'opennds', 'wifidog', 'openndsctl'].map((name) => [name, SPLASH] as const),
]);

/** Behind the time of FreeRADIUS' own file: `Mon Nov 23 19:56:31 2026 : Auth: (0) `. */
const RADIUS_FILE = / ?: (?=Auth|Info|Error|Warning|Debug)/y;

/** Where FreeRADIUS' words begin, and the time of its file where the syslog header didn't take it. */
function radiusFile({ text, messageAt, header }: VendorInput): TimeAndEnd | undefined {
  const { time, hostname, appname } = header;
  const isFile = time !== undefined && hostname === undefined && appname === undefined;
  const found = isFile ? { time, end: messageAt } : readTime(text, messageAt);
  if (found === undefined) return undefined;
  RADIUS_FILE.lastIndex = found.end;
  return RADIUS_FILE.test(text) ? { time: found.time, end: RADIUS_FILE.lastIndex } : undefined;
}

/** Who came onto a network: hostapd, FreeRADIUS, Network Policy Server, captive portals. Other lines keep their text. */
export const accessServerParser: VendorParser = {
  name: 'access_server',

  recognises(input) {
    if (findProgram(input, PROGRAMS)) return true;
    if (radiusFile(input) !== undefined || isNps(input.text, input.messageAt)) return true;
    return isRadiusDetail(input.text, input.messageAt);
  },

  read(input, draft) {
    if (isNps(input.text, input.messageAt)) {
      draft.event['event.dataset'] = 'microsoft.nps';
      draft.event['observer.vendor'] = 'Microsoft';
      draft.event['observer.product'] = 'Network Policy Server';
      draft.event['observer.type'] = 'radius-server';
      return readNps(input.text, input.messageAt, draft);
    }
    const program = findProgram(input, PROGRAMS);
    const file = program ? undefined : radiusFile(input);
    const server = program?.value ?? RADIUS;
    const { event } = draft;
    event['event.dataset'] = server.dataset;
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    event['observer.vendor'] = server.product;
    event['observer.product'] = server.product;
    event['observer.type'] = server.type;
    const detail = program?.at ?? input.messageAt;
    if (server === RADIUS && isRadiusDetail(input.text, detail))
      return readRadiusDetail(input.text.slice(detail), draft);
    server.read(input.text.slice(program?.at ?? file?.end ?? input.messageAt), draft);
    return file && { written: () => file.time };
  },
};
