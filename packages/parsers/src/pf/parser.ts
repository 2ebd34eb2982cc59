import type { EventDraft } from '../event/draft.ts';
import { findProgram, type Program } from '../programs/program.ts';
import type { SyslogHeader } from '../syslog/header.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readCaptivePortal } from './captive-portal.ts';
import { readFilterlog } from './filterlog.ts';
import { isPflog, readPflog } from './pflog.ts';
import { readWebInterface } from './web-interface.ts';

type Reader = (text: string, draft: EventDraft) => boolean;

/** Programs that only these two systems run. Those that others run too (sshd, dhcpd, …) have parsers of their own. */
type Entry = readonly [dataset: string, readers: readonly Reader[]];
export const PROGRAMS: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ['filterlog', ['pf.filterlog', []]],
  ...['pf', 'pflogd', 'pflog', 'tcpdump'].map((name) => [name, ['pf.pflog', [readPflog]]] as const),
  ['logportalauth', ['pf.captive_portal', [readCaptivePortal]]],
  ['captiveportal', ['pf.captive_portal', [readCaptivePortal]]],
  ...['php-fpm', 'php', 'audit', 'opnsense', 'configd.py', 'config', 'api'].map(
    (name) => [name, ['pf.web_interface', [readWebInterface]]] as const,
  ),
  ...['check_reload_status', 'rc.gateway_alarm', 'dpinger', 'pfsense', 'configctl', 'devd', 'lockout_handler'].map(
    (name) => [name, ['pf.system', []]] as const,
  ),
]);
/** Programs whose names others use too: only with these beginnings. */
const SHARED = new Set(['php', 'php-fpm', 'audit', 'api', 'config', 'tcpdump', 'pf']);
const OURS = /^(?:\/[\w./-]{1,128}\.(?:php|inc|sh)|\/usr\/local\/|\/rc\.|user |config-event|\[)/;

/** A line of `filter.log` without a head, as agents and exports have it. */
const BARE =
  /\d{1,6},\d{0,10},[^,]{0,64},[^,]{0,64},[\w.]{1,24},[\w-]{1,24},(?:pass|block|reject|match|nat|rdr|binat|scrub),(?:in|out),[46],/y;
const FILTERLOG: Entry = ['pf.filterlog', []];

function findPf(input: VendorInput): Program<Entry> | undefined {
  const program = findProgram(input, PROGRAMS);
  if (program) return program;
  BARE.lastIndex = input.messageAt;
  return BARE.test(input.text) ? { name: 'filterlog', value: FILTERLOG, at: input.messageAt } : undefined;
}

/** pfSense and OPNsense: packets of filterlog, web interface, captive portal. */
export const pfParser: VendorParser = {
  name: 'pf',

  recognises(input) {
    const program = findPf(input);
    if (!program) return false;
    if (!SHARED.has(program.name)) return true;
    return OURS.test(input.text.slice(program.at, program.at + 160)) || isPflog(input.text, program.at);
  },

  read(input, draft) {
    const program = findPf(input);
    if (!program) return undefined;
    const said = input.text.slice(program.at);
    const { event } = draft;
    const [dataset, readers] = program.value;
    event['event.dataset'] = dataset;
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    if (program.name === 'filterlog') readFilterlog(said, draft);
    else for (const reader of readers) if (reader(said, draft)) break;
    if (dataset === 'pf.pflog') {
      event['observer.product'] = 'pf';
      event['observer.type'] = 'firewall';
      return undefined;
    }
    const product = productOf(input.header, program.name, event['rule.uuid'] !== undefined);
    event['observer.vendor'] = product === 'OPNsense' ? 'Deciso' : 'Netgate';
    event['observer.product'] = product;
    event['observer.type'] = 'firewall';
    return undefined;
  },
};

/** OPNsense has a sequence number in RFC 5424's structured data and UUIDs of rules; the rest looks the same. */
function productOf(header: SyslogHeader, program: string, ruleUuid: boolean): 'OPNsense' | 'pfSense' {
  const named = header.hostname?.toLowerCase().includes('opnsense') ?? false;
  const counted = header.structuredData?.some(([name]) => name === 'meta_sequenceId') ?? false;
  const own = program === 'captiveportal' || program === 'opnsense' || program === 'configd.py' || program === 'audit';
  return ruleUuid || named || counted || own ? 'OPNsense' : 'pfSense';
}
