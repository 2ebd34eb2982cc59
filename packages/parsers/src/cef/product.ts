import type { EventDraft } from '../event/draft.ts';
import type { VendorTime } from '../vendor.ts';
import type { Pairs } from './extension.ts';
import type { CefHeader } from './header.ts';

/** The part of a header that tells what an event is; LEEF has its event's id for a name. */
export type ProductHeader = Pick<CefHeader, 'vendor' | 'product' | 'version' | 'classId' | 'name' | 'severity'>;

/** A product whose CEF or LEEF records have a meaning of their own. */
export interface CefProduct {
  /** Vendor and product of the record's header, in lower case. */
  matches(vendor: string, product: string): boolean;
  /** Fills the draft from the pairs. What the header says is set already and may be changed. */
  read(draft: EventDraft, header: ProductHeader, pairs: Pairs): VendorTime | undefined;
}
