import { findProgram } from '../programs/program.ts';
import { byProgram, type Server, type ServerProduct, setServer } from '../programs/server.ts';
import { readTime, type TimeAndEnd } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readArpwatch } from './arpwatch.ts';
import { isAruba, readAruba } from './aruba.ts';
import { readPortal } from './captive-portal.ts';
import { readHostapd } from './hostapd.ts';
import { isIse, readIse } from './ise.ts';
import { isNps, readNps } from './nps.ts';
import { readRadius } from './radius.ts';
import { isRadiusDetail, readRadiusDetail } from './radius-detail.ts';
import { readWlcEvent, WLC_STARTS } from './wlceventd.ts';

const HOSTAPD: Server = { dataset: 'hostapd.log', product: 'hostapd', type: 'access-point', read: readHostapd };
const RADIUS: Server = { dataset: 'freeradius.log', product: 'FreeRADIUS', type: 'radius-server', read: readRadius };
const CHILLI: Server = { dataset: 'coova.chilli', product: 'CoovaChilli', type: 'captive-portal', read: readPortal };
const SPLASH: Server = { dataset: 'nodogsplash.log', product: 'nodogsplash', type: 'captive-portal', read: readPortal };
const ARPWATCH: Server = { dataset: 'arpwatch.log', product: 'arpwatch', type: 'host', read: readArpwatch };
const ASUS: Server = {
  dataset: 'asus.wlceventd',
  vendor: 'Asus',
  product: 'ASUSWRT',
  type: 'access-point',
  read: readWlcEvent,
};
const NPS: ServerProduct = {
  dataset: 'microsoft.nps',
  vendor: 'Microsoft',
  product: 'Network Policy Server',
  type: 'radius-server',
};

const ARUBA: ServerProduct = { dataset: 'aruba.wlan', vendor: 'Aruba', product: 'ArubaOS', type: 'access-point' };
const ISE: ServerProduct = { dataset: 'cisco.ise', vendor: 'Cisco', product: 'ISE', type: 'radius-server' };

export const PROGRAMS = byProgram([
  [HOSTAPD, ['hostapd']],
  [ARPWATCH, ['arpwatch', 'arpwatch-ng']],
  [ASUS, ['wlceventd']],
  [RADIUS, ['radiusd', 'freeradius', 'radius']],
  [CHILLI, ['coova-chilli', 'chilli', 'coovachilli']],
  [SPLASH, ['nodogsplash', 'opennds', 'wifidog', 'openndsctl']],
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

/** The radios' daemon writes as `syslog`, too. */
function isWlcEvent({ text, messageAt }: VendorInput): boolean {
  return WLC_STARTS.some((start) => text.startsWith(start, messageAt));
}

/** Who came onto a network: hostapd, FreeRADIUS, Network Policy Server, Cisco ISE, Aruba's controllers, captive portals. Other lines keep their text. */
export const accessServerParser: VendorParser = {
  name: 'access_server',

  recognises(input) {
    if (findProgram(input, PROGRAMS) || isWlcEvent(input)) return true;
    if (radiusFile(input) !== undefined || isNps(input.text, input.messageAt)) return true;
    return isRadiusDetail(input.text, input.messageAt) || isIse(input) || isAruba(input);
  },

  read(input, draft) {
    if (isNps(input.text, input.messageAt)) {
      setServer(draft, NPS);
      return readNps(input.text, input.messageAt, draft);
    }
    if (isAruba(input)) {
      setServer(draft, ARUBA);
      readAruba(input, draft);
      return undefined;
    }
    if (isIse(input)) {
      setServer(draft, ISE);
      return readIse(input, draft);
    }
    const program = findProgram(input, PROGRAMS);
    const file = program ? undefined : radiusFile(input);
    const server = program?.value ?? (isWlcEvent(input) ? ASUS : RADIUS);
    setServer(draft, server);
    const detail = program?.at ?? input.messageAt;
    if (server === RADIUS && isRadiusDetail(input.text, detail))
      return readRadiusDetail(input.text.slice(detail), draft);
    server.read(input.text.slice(program?.at ?? file?.end ?? input.messageAt), draft);
    return file && { written: () => file.time };
  },
};
