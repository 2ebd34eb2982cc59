import { IDENTITY_RECORD } from '@logmaster/core/api/identity-events';
import { RADIUS_RECORD } from '../../radius/record-text.ts';
import { hasPairs, hasValues, isBehindData, isObject } from '../shapes.ts';
import type { VendorSigns } from '../vendor-signs.ts';

/** Of forms that any vendor may write. */
export const FORM_SIGNS: Readonly<Record<string, VendorSigns>> = {
  radius: { marks: [RADIUS_RECORD] },
  identity: { marks: [IDENTITY_RECORD] },
  cef: { marks: ['CEF:'] },
  leef: { marks: ['LEEF:'] },
  json: { shaped: { marks: ['{'], shape: isObject } },
  structured_data: { shaped: { marks: ['"'], shape: isBehindData } },
  welf: { marks: [' fw='] },
  key_value: { shaped: { marks: ['='], shape: hasPairs } },
  csv: { shaped: { marks: [','], shape: hasValues } },
};
