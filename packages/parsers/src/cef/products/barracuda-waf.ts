import { readWafPairs } from '../../barracuda/waf-pairs.ts';
import type { CefProduct } from '../product.ts';

/** Barracuda's Web Application Firewall and its service, in CEF. */
export const barracudaWafProduct: CefProduct = {
  matches: (vendor, product) =>
    vendor.startsWith('barracuda') && /^(?:waas|waf|web application firewall)/.test(product),

  read: (draft, _header, pairs) => readWafPairs(draft, pairs),
};
