import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isAlertCsv, readAlertCsv } from './alert-csv.ts';
import { isAlertJson, readAlertJson } from './alert-json.ts';
import { findAlert, isSuricataFile, readAlert } from './alert-text.ts';

export const PROGRAMS: ReadonlyMap<string, 'snort' | 'suricata'> = new Map([
  ['snort', 'snort'],
  ['snort2', 'snort'],
  ['snort3', 'snort'],
  ['barnyard2', 'snort'],
  ['barnyard', 'snort'],
  ['suricata', 'suricata'],
]);

/** Where the words begin; −1 when another parser's program wrote them. */
function startOf(input: VendorInput): { at: number; named: boolean } {
  const program = findProgram(input, PROGRAMS);
  if (program?.value === 'suricata') return { at: -1, named: false };
  return program ? { at: program.at, named: true } : { at: input.messageAt, named: false };
}

/** Snort 2 and 3: alerts as text, CSV and JSON. Other lines of the program keep their text. */
export const snortParser: VendorParser = {
  name: 'snort',

  recognises(input) {
    const { text } = input;
    const { at, named } = startOf(input);
    if (at < 0) return false;
    if (named || isAlertJson(text, at) || isAlertCsv(text, at)) return true;
    return findAlert(text, at) !== undefined && !isSuricataFile(text, at);
  },

  read(input, draft) {
    const { text } = input;
    const at = Math.max(0, startOf(input).at);
    const { event } = draft;
    event['event.dataset'] = 'snort.alert';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = 'Snort';
    event['observer.type'] = 'ids';
    if (isAlertJson(text, at)) return readAlertJson(text, at, draft);
    if (isAlertCsv(text, at)) return readAlertCsv(text, at, draft);
    const alert = findAlert(text, at);
    if (alert) return readAlert(text, alert, draft);
    event['event.dataset'] = 'snort.log';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    return undefined;
  },
};
