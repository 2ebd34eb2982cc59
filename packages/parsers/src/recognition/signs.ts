/**
 * What lets a vendor's parser be left out without asking it: every record that it recognises shows at least one of these.
 * They never decide that a record is a vendor's. All are ASCII.
 */
export interface VendorSigns {
  /** The message begins so. */
  readonly starts?: readonly string[];
  /** The header's tag or APP-NAME is this. */
  readonly apps?: readonly string[];
  /** It stands somewhere in the record. One of its characters must be no small letter, digit or space, which are everywhere. */
  readonly marks?: readonly string[];
}

const CISCO_FIREWALLS = ['%ASA', '%FTD', '%PIX', '%FWSM'];

/** By the parser's name. A vendor that is missing here is asked about every record, which all unknown text pays for. */
export const VENDOR_SIGNS: ReadonlyMap<string, VendorSigns> = new Map<string, VendorSigns>([
  ['fortigate', { marks: ['type='] }],
  ['cisco_asa', { starts: CISCO_FIREWALLS, marks: CISCO_FIREWALLS }],
  ['cisco_ios', { marks: ['%'] }],
  ['key_value', { marks: ['='] }],
]);
