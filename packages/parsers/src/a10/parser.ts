import { findProgram } from '../programs/program.ts';
import type { VendorParser } from '../vendor.ts';
import { readSystem } from './system.ts';
import { findTranslation, readTranslation } from './translation.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map([
  ['a10logd', true],
  ['a10', true],
]);

/** The device and its partition before a tag: `thunder-1/l3v `. */
const NAME = /(?:^|[ >])([\w.:-]{1,64})\/([\w.-]{1,64}) {1,2}$/;

/** A10 Thunder (ACOS): carrier grade NAT in ASCII, and a10logd's messages. CEF is read by its own parser. */
export const a10Parser: VendorParser = {
  name: 'a10_acos',

  recognises(input) {
    return findProgram(input, PROGRAMS) !== undefined || findTranslation(input.text) !== undefined;
  },

  read(input, draft) {
    const { text } = input;
    const { event } = draft;
    event['observer.vendor'] = 'A10';
    event['observer.product'] = 'ACOS';
    event['observer.type'] = 'firewall';
    const found = findTranslation(text);
    event['event.dataset'] = found ? 'a10.cgn' : 'a10.acos';
    if (found) {
      // A tag of a translation is no program's name.
      if (/NAT|LSN|LITE|RD-/.test(event['log.syslog.appname'] ?? '')) draft.drop('log.syslog.appname');
      const name = NAME.exec(text.slice(Math.max(0, found.index - 132), found.index));
      draft.text('observer.name', name?.[1]);
      draft.label('partition', name?.[2]);
      event.message = text.slice(found.index);
      readTranslation(text, found.at, found.tag, draft);
      return undefined;
    }
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    readSystem(text, findProgram(input, PROGRAMS)?.at ?? input.messageAt, draft);
    return undefined;
  },
};
