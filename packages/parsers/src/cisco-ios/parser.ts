import { findMark, readPreamble, unwrapRepeated } from '../cisco/preamble.ts';
import { LEVELS } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { isCgv6, readCgv6 } from './cgv6.ts';
import { readerOf, withoutProcess } from './readers.ts';
import { isUtd, readUtd } from './utd.ts';

/**
 * `%FACILITY-[SUBFACILITY-]SEVERITY-MNEMONIC: `. Firewalls' marks look the same and are not taken: a record means the
 * same whatever its sender has sent before. Small business switches write the severity as a letter, ACI brackets behind
 * a blank.
 */
const MARK =
  /%(?!(?:ASA|FTD|NGIPS|PIX|FWSM)-)([A-Z][A-Za-z0-9_]{0,31}(?:-[A-Za-z][A-Za-z0-9_]{0,31})?)-([0-7ACEWNID])-([A-Za-z0-9_]{1,48})(?: ?: ?| (?=\[))/y;
const LETTERS = new Map(['A', 'C', 'E', 'W', 'N', 'I', 'D'].map((letter, index) => [letter, index + 1]));
/** Agents of Arista's EOS stand where a program does; no device of Cisco's names its programs so. */
const AGENTS = new Set(
  'Aaa Acl Bfd Bgp ConfigAgent Ebra Fru Igmp Isis Lag Launcher Lldp Mlag Ospf PowerManager ProcMgr ProcMgr-worker Rib Snmp Stp StpTopology SuperServer Sysdb Thermostat Vrrp Xcvr'.split(
    ' ',
  ),
);
/** The process's text stands between the mark of the platform and the message's own. */
const MAX_WRAPPING = 200;

interface Mark {
  readonly index: number;
  readonly end: number;
  readonly facility: string;
  readonly severity: number;
  readonly mnemonic: string;
}

/** Cisco IOS, IOS-XE, IOS XR, NX-OS and ACI, and Arista EOS. Mnemonics without a reader keep code, severity and message. */
export const ciscoIosParser: VendorParser = {
  name: 'cisco_ios',

  recognises(input) {
    return matchMark(input.text, findMark(input.text, input.messageAt)) !== undefined || isCgv6(input) || isUtd(input);
  },

  read(input, draft) {
    const { text, messageAt } = input;
    const outer = matchMark(text, findMark(text, messageAt));
    if (!outer) return isUtd(input) ? readUtd(input, draft) : readCgv6(input, draft);
    const mark = innerMark(text, outer) ?? outer;
    const { severity } = mark;
    const code = `${mark.facility}-${severity}-${mark.mnemonic}`;
    const { event } = draft;
    event['event.dataset'] = 'cisco.ios';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = 'IOS';
    event['observer.type'] = 'router';
    if (AGENTS.has(input.header.appname ?? '')) {
      event['event.dataset'] = 'arista.eos';
      event['observer.vendor'] = 'Arista';
      event['observer.product'] = 'EOS';
    }
    event['event.code'] = code;
    event['event.severity'] = severity;
    event['log.level'] = LEVELS[severity] as string;
    event['event.category'] = 'host';
    event['event.type'] = severity <= 3 ? 'error' : 'info';
    event['event.action'] = mark.mnemonic.toLowerCase();
    const reader = readerOf(mark.facility, mark.mnemonic);
    const said = withoutProcess(unwrapRepeated(text.slice(mark.end), draft));
    if (reader && !reader(said, draft)) draft.fail('message', `unexpected wording of ${code}`);
    return readPreamble(input, outer.index, draft);
  },
};

/** `%IOSXE-6-PLATFORM: F0: cpp_cp: … %NAT-6-LOG_TRANSLATION: …` wraps the message that counts. */
function innerMark(text: string, outer: Mark): Mark | undefined {
  if (outer.facility !== 'IOSXE' || outer.mnemonic !== 'PLATFORM') return undefined;
  const at = text.slice(outer.end, outer.end + MAX_WRAPPING).indexOf('%');
  return at < 0 ? undefined : matchMark(text, outer.end + at);
}

function matchMark(text: string, at: number): Mark | undefined {
  if (at < 0) return undefined;
  MARK.lastIndex = at;
  const m = MARK.exec(text);
  if (!m) return undefined;
  const severity = LETTERS.get(m[2] as string) ?? Number(m[2]);
  return { index: at, end: MARK.lastIndex, facility: m[1] as string, severity, mnemonic: m[3] as string };
}
