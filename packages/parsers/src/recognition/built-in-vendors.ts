import { VENDORS } from '../vendors.ts';
import { VENDOR_SIGNS } from './signs.ts';
import { VendorFinder } from './vendor-finder.ts';

/** Finds the built-in parser of a record. One for all parsers of a thread: it keeps nothing that a record's meaning depends on. */
export const BUILT_IN_VENDORS = new VendorFinder(VENDORS, VENDOR_SIGNS);
