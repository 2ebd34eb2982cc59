import { FIREWALL_SIGNS } from './signs/firewalls.ts';
import { FORM_SIGNS } from './signs/forms.ts';
import { SERVICE_SIGNS } from './signs/services.ts';
import type { VendorSigns } from './vendor-signs.ts';

/** By the parser's name. A vendor that is missing here is asked about every record, which all unknown text pays for. */
export const VENDOR_SIGNS: ReadonlyMap<string, VendorSigns> = new Map<string, VendorSigns>(
  Object.entries({ ...FIREWALL_SIGNS, ...SERVICE_SIGNS, ...FORM_SIGNS }),
);
