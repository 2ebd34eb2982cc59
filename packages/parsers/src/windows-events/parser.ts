import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readSnare, readStructuredEvent, SNARE, TAB_SIGNS, type WindowsEvent } from './event-data.ts';
import { isEventJson, readEventJson } from './event-json.ts';
import { isFirewallLog, readFirewallLog } from './firewall-log.ts';
import { isFlatText, readFlatText } from './flat-text.ts';
import { setWindowsEvent } from './security.ts';
import { readEventXml, xmlStart } from './xml.ts';

/** Marks of the JSON forms; members' order is the agent's, and messages stand among them. */
const MARK_WITHIN = 4096;

function jsonStart({ text, messageAt }: VendorInput): number {
  return text.charCodeAt(messageAt) === 0x7b ? messageAt : -1;
}

function isJson(input: VendorInput): boolean {
  const at = jsonStart(input);
  if (at < 0) return false;
  return isEventJson(input.text.slice(at, at + MARK_WITHIN));
}

/** Snare's mark is a word of its own, before a tab; the head may take it for a host's or a program's name. */
function snareStart({ text, messageAt }: VendorInput): number {
  const from = Math.max(0, messageAt - 32);
  const within = text.slice(from, messageAt + 24).indexOf(SNARE);
  const at = from + within;
  return within >= 0 && TAB_SIGNS.some((tab) => text.startsWith(tab, at + SNARE.length)) ? at : -1;
}

function isStructured({ header }: VendorInput): boolean {
  return header.structuredData?.some(([name]) => name.startsWith('NXLOG@') && name.endsWith('_EventID')) ?? false;
}

function readEvent(input: VendorInput): WindowsEvent | undefined {
  if (isStructured(input)) return readStructuredEvent(input.header);
  if (isFlatText(input.text, input.messageAt, input.header)) {
    return readFlatText(input.text, input.messageAt, input.header);
  }
  const xml = xmlStart(input.text, input.messageAt);
  if (xml >= 0) return readEventXml(input.text, xml);
  const snare = snareStart(input);
  return snare >= 0 ? readSnare(input.text, snare) : readEventJson(input.text, jsonStart(input));
}

/** Windows' firewall log, and events of Winlogbeat, NXLog, Snare, Wazuh and as Windows' own XML: logons and what else the security log says about users. */
export const windowsEventParser: VendorParser = {
  name: 'windows_event',

  recognises(input) {
    if (xmlStart(input.text, input.messageAt) >= 0 || isFlatText(input.text, input.messageAt, input.header))
      return true;
    return isJson(input) || snareStart(input) >= 0 || isStructured(input) || isFirewallLog(input);
  },

  read(input, draft) {
    const { event } = draft;
    event['event.dataset'] = 'windows.event';
    event['event.category'] = 'host';
    event['observer.vendor'] = 'Microsoft';
    event['observer.product'] = 'Windows';
    event['observer.type'] = 'host';
    if (isFirewallLog(input)) return readFirewallLog(input, draft);
    const found = readEvent(input);
    if (!found) {
      draft.fail('message', 'no event');
      return undefined;
    }
    if (found.cut) draft.fail('message', 'JSON cut');
    setWindowsEvent(draft, found);
    const { time } = found;
    return time === undefined ? undefined : { written: () => readTime(time, 0)?.time };
  },
};
