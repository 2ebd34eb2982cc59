import { setKind } from '../event/kind.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isCombined, readCombined } from '../web-log/combined.ts';

export const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['nginx', 'nginx'],
  ['httpd', 'Apache httpd'],
  ['apache', 'Apache httpd'],
  ['apache2', 'Apache httpd'],
  ['lighttpd', 'lighttpd'],
  ['uhttpd', 'uhttpd'],
]);

/** OpenWrt's web interface: `[info] luci: accepted login on / for root from 10.0.0.5` */
const LOGIN = /luci: (accepted|failed) login on [^ ]{1,255} for ([^ ]{1,128}) from ([\da-fA-F.:]{2,45})/;
/** `vhost:443 10.0.0.5 - - [`: Apache's vhost_combined puts the server's name first. */
const VIRTUAL_HOST = /[\w.-]{1,255}:\d{1,5} /y;

function startOf(input: VendorInput): { at: number; product: string | undefined } {
  const program = findProgram(input, PRODUCTS);
  const at = program?.at ?? input.messageAt;
  VIRTUAL_HOST.lastIndex = at;
  const skipped = VIRTUAL_HOST.test(input.text) && isCombined(input.text, VIRTUAL_HOST.lastIndex);
  return { at: skipped ? VIRTUAL_HOST.lastIndex : at, product: program?.value };
}

/** The web interfaces of gateways, and any server that logs in the common or combined format. */
export const webServerParser: VendorParser = {
  name: 'web_server',

  recognises(input) {
    const { at, product } = startOf(input);
    // Squid's has its result behind.
    return product !== undefined || (isCombined(input.text, at) && !input.text.includes(':HIER_', at));
  },

  read(input, draft) {
    const { at, product } = startOf(input);
    const { event } = draft;
    draft.text('observer.product', product);
    event['observer.type'] = 'web-server';
    if (isCombined(input.text, at)) {
      event['event.dataset'] = 'web.access';
      return readCombined(input.text, at, draft);
    }
    event['event.dataset'] = 'web.error';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    const login = LOGIN.exec(input.text.slice(at, at + 512));
    if (!login) return undefined;
    setKind(draft, 'authentication', 'start', 'login', login[1] === 'accepted' ? 'success' : 'failure');
    draft.text('user.name', login[2]);
    draft.ip('source.ip', login[3]);
    return undefined;
  },
};
