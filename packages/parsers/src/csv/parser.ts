import { readWhen } from '../time/read-when.ts';
import { canonicalIp } from '../values/ip.ts';
import type { VendorParser } from '../vendor.ts';
import { splitCsv } from './split.ts';

/** Fewer values are a sentence with commas. */
const MIN_VALUES = 6;
/** Of a draft's labels, some are left for others. */
const MAX_VALUES = 100;
/** How far recognition looks. */
const HEAD = 512;

/**
 * Comma separated values of devices without a parser of their own. Which value is the source and which the destination
 * the record does not say, and a wrong guess is worse than none: values are labels by their place, `column_1` first. A
 * custom parser gives them names.
 */
export const csvParser: VendorParser = {
  name: 'csv',

  recognises({ text, messageAt }) {
    const values = splitCsv(text.slice(messageAt, messageAt + HEAD), 0, MAX_VALUES);
    if (values.length < MIN_VALUES) return false;
    // A sentence has a space behind its commas, and no address between two.
    return values.every((value) => !value.startsWith(' ')) && values.some((value) => canonicalIp(value) !== undefined);
  },

  read({ text, messageAt, header }, draft) {
    draft.event['event.dataset'] = 'generic.csv';
    const values = splitCsv(text, messageAt, MAX_VALUES + 1);
    if (values.length > MAX_VALUES) draft.fail('message', `more than ${MAX_VALUES} values`);
    for (const [index, value] of values.slice(0, MAX_VALUES).entries()) draft.label(`column_${index + 1}`, value);
    if (header.time !== undefined) return undefined;
    for (const value of values) {
      const when = readWhen(value);
      if (when) return when;
    }
    return undefined;
  },
};
