import type { CefProduct } from '../product.ts';
import { a10Product } from './a10.ts';
import { barracudaWafProduct } from './barracuda-waf.ts';
import { checkPointProduct } from './check-point.ts';
import { citrixProduct } from './citrix.ts';
import { f5Product } from './f5.ts';
import { forcepointProduct } from './forcepoint.ts';
import { forcepointWebProduct } from './forcepoint-web.ts';
import { fortigateProduct } from './fortigate.ts';
import { fortiwebCloudProduct } from './fortiweb-cloud.ts';
import { logServiceProduct } from './log-service.ts';
import { mikrotikProduct } from './mikrotik.ts';
import { panOsProduct } from './pan-os.ts';
import { sonicwallProduct } from './sonicwall.ts';
import { sophosCentralProduct } from './sophos-central.ts';
import { unifiProduct } from './unifi.ts';
import { watchguardProduct } from './watchguard.ts';
import { zyxelProduct } from './zyxel.ts';

/** In the order they are asked. */
const PRODUCTS: readonly CefProduct[] = [
  fortigateProduct,
  checkPointProduct,
  panOsProduct,
  logServiceProduct,
  sonicwallProduct,
  watchguardProduct,
  forcepointProduct,
  forcepointWebProduct,
  mikrotikProduct,
  sophosCentralProduct,
  citrixProduct,
  f5Product,
  unifiProduct,
  zyxelProduct,
  a10Product,
  barracudaWafProduct,
  fortiwebCloudProduct,
];

/** The product of a CEF or LEEF header; undefined: it is read by the dictionary alone. */
export function findProduct(vendor: string, product: string): CefProduct | undefined {
  const [vendorWord, productWord] = [vendor.toLowerCase(), product.toLowerCase()];
  return PRODUCTS.find((known) => known.matches(vendorWord, productWord));
}
