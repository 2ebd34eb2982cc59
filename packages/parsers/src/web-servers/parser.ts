import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { isCombined, readCombined } from '../web-log/combined.ts';
import { isProxyLog, readProxyLog } from '../web-log/proxy-log.ts';
import { isErrorLog, readErrorLog } from './error-log.ts';
import { isHaproxy, readHaproxy } from './haproxy.ts';
import { isIis, readIis } from './iis.ts';

export const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['nginx', 'nginx'],
  ['httpd', 'Apache httpd'],
  ['apache', 'Apache httpd'],
  ['apache2', 'Apache httpd'],
  ['lighttpd', 'lighttpd'],
  ['uhttpd', 'uhttpd'],
  ['haproxy', 'HAProxy'],
]);

/** OpenWrt's web interface: `[info] luci: accepted login on / for root from 10.0.0.5` */
const LOGIN = /luci: (accepted|failed) login on [^ ]{1,255} for ([^ ]{1,128}) from ([\da-fA-F.:]{2,45})/;
/** `vhost:443 10.0.0.5 - - [`: Apache's vhost_combined puts the server's name first, `vhost_common` and others its name alone. */
const VIRTUAL_HOST = /([\w.-]{1,255})(?::(\d{1,5}))? (?=[\da-fA-F.:]{2,45} [^ ]{1,128} [^ [])/y;
/** An agent's tag before a line of IIS. */
const AGENT_TAG = /[\w.-]{1,48}[:\t]?[ \t]/y;

interface Start {
  readonly at: number;
  readonly product: string | undefined;
  readonly host?: RegExpExecArray | undefined;
}

function startOf(input: VendorInput): Start {
  const program = findProgram(input, PRODUCTS);
  const at = program?.at ?? input.messageAt;
  VIRTUAL_HOST.lastIndex = at;
  const host = VIRTUAL_HOST.exec(input.text);
  if (host && isCombined(input.text, VIRTUAL_HOST.lastIndex)) {
    return { at: VIRTUAL_HOST.lastIndex, product: program?.value, host };
  }
  return { at, product: program?.value ?? (isHaproxy(input.text, at) ? 'HAProxy' : undefined) };
}

/** Where a line of IIS begins: at the record's start, whose time the header has read, behind a PRI, or behind an agent's tag; −1. */
function findIis({ text, messageAt, header }: VendorInput): number {
  const start = header.priority === undefined ? 0 : text.indexOf('>') + 1;
  if (isIis(text, start)) return start;
  if (isIis(text, messageAt)) return messageAt;
  AGENT_TAG.lastIndex = messageAt;
  return AGENT_TAG.test(text) && isIis(text, AGENT_TAG.lastIndex) ? AGENT_TAG.lastIndex : -1;
}

/** The web interfaces of gateways, load balancers, and any server that logs in the common, combined or W3C format. */
export const webServerParser: VendorParser = {
  name: 'web_server',

  recognises(input) {
    const { at, product } = startOf(input);
    if (product !== undefined || isErrorLog(input.text, at) || isProxyLog(input.text, at)) return true;
    // Squid's has its result behind.
    return isCombined(input.text, at) ? !input.text.includes(':HIER_', at) : findIis(input) >= 0;
  },

  read(input, draft) {
    const { text } = input;
    const { at, product, host } = startOf(input);
    const { event } = draft;
    draft.text('observer.product', product);
    event['observer.type'] = 'web-server';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    if (product === 'HAProxy') return readHaproxy(text.slice(at), draft);
    if (isCombined(text, at)) {
      event['event.dataset'] = 'web.access';
      const time = readCombined(text, at, draft);
      setVirtualHost(draft, host);
      return time;
    }
    if (isProxyLog(text, at)) return readProxyLog(text, at, draft);
    const iis = findIis(input);
    if (iis >= 0) return readIisRecord(input, iis, draft);
    event['event.dataset'] = 'web.error';
    if (isErrorLog(text, at)) return readErrorLog(text, at, draft);
    readLuci(text.slice(at, at + 512), draft);
    return undefined;
  },
};

function readIisRecord({ text, messageAt }: VendorInput, at: number, draft: EventDraft): VendorTime | undefined {
  const { event } = draft;
  event['event.dataset'] = 'web.access';
  event['observer.vendor'] = 'Microsoft';
  event['observer.product'] = 'IIS';
  // A file has no host's name: what the head took for one is a column.
  if (at < messageAt) {
    event.message = text.slice(at);
    for (const field of ['observer.name', 'log.syslog.hostname', 'log.syslog.appname'] as const) draft.drop(field);
  }
  return readIis(text, at, draft);
}

function setVirtualHost(draft: EventDraft, host: RegExpExecArray | undefined): void {
  if (!host) return;
  if (!draft.has('url.domain')) draft.text('url.domain', host[1]?.toLowerCase());
  if (!draft.has('destination.port')) draft.port('destination.port', host[2]);
}

function readLuci(said: string, draft: EventDraft): void {
  const login = LOGIN.exec(said);
  if (!login) return;
  setKind(draft, 'authentication', 'start', 'login', login[1] === 'accepted' ? 'success' : 'failure');
  draft.text('user.name', login[2]);
  draft.ip('source.ip', login[3]);
}
