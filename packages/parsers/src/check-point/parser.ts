import type { VendorParser } from '../vendor.ts';
import { isCheckPoint, readForm } from './forms.ts';
import { CheckPointRecord } from './record.ts';

/** Check Point gateways and management servers, R77 to R82. Their CEF and LEEF are read by cef/ and leef/. */
export const checkPointParser: VendorParser = {
  name: 'check_point',

  recognises: isCheckPoint,

  read(input, draft) {
    if (input.header.structuredData) draft.dropLabels();
    const record = new CheckPointRecord(draft);
    readForm(input, (key, value) => record.pair(key, value));
    return record.finish();
  },
};
