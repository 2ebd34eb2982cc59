import { findProgram } from '../programs/program.ts';
import { findAlert, isSuricataFile, readAlert } from '../snort/alert-text.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readEve } from './eve.ts';
import { readTextLog, textLogAt } from './text-logs.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map([
  ['suricata', true],
  ['suricata-eve', true],
  ['eve', true],
]);
/** `event_type` is the fourth member, or the first after a collector's own. */
const MARK_WITHIN = 512;

/** Position of an EVE object in a message: at its start, or behind `@cee:`. −1 without. */
function findEve(text: string, at: number): number {
  let from = text.startsWith('@cee:', at) ? at + 5 : at;
  while (text.charCodeAt(from) === 0x20) from++;
  if (text.charCodeAt(from) !== 0x7b) return -1;
  const mark = text.indexOf('"event_type"', from);
  if (mark < 0 || mark > from + MARK_WITHIN) return -1;
  const head = text.slice(from, from + MARK_WITHIN);
  return head.includes('"timestamp"') || head.includes('"flow_id"') ? from : -1;
}

function startOf(input: VendorInput): { at: number; named: boolean } {
  const program = findProgram(input, PROGRAMS);
  return program ? { at: program.at, named: true } : { at: input.messageAt, named: false };
}

/** Suricata: EVE records, raw or in syslog, its alerts and its HTTP, DNS and TLS logs as text. Other lines of the program keep their text. */
export const suricataParser: VendorParser = {
  name: 'suricata',

  recognises(input) {
    const { at, named } = startOf(input);
    return (
      named || findEve(input.text, at) >= 0 || isSuricataFile(input.text, at) || textLogAt(input.text, at) !== undefined
    );
  },

  read(input, draft) {
    const { text } = input;
    const { at } = startOf(input);
    const { event } = draft;
    event['observer.vendor'] = 'OISF';
    event['observer.product'] = 'Suricata';
    event['observer.type'] = 'ids';
    const eve = findEve(text, at);
    event['event.dataset'] = eve >= 0 ? 'suricata.eve' : 'suricata.log';
    if (eve >= 0) return readEve(text, eve, draft);
    const log = textLogAt(text, at);
    if (log !== undefined) return readTextLog(text, at, log, draft);
    const alert = findAlert(text, at);
    if (alert) return readAlert(text, alert, draft);
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    return undefined;
  },
};
