import { LEVELS } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readAccessLog } from './access-lists.ts';
import type { IosReader } from './messages.ts';
import { readConfigured, readLink, readLoggedCommand, readLogin, readLogout } from './system.ts';
import { readLogTranslation, readNatCreated, readNatDeleted } from './translations.ts';

/**
 * `%FACILITY-[SUBFACILITY-]SEVERITY-MNEMONIC: `, anywhere in the first characters: IOS-XE puts process data before it. Firewalls'
 * marks look the same and are not taken: a record means the same whatever its sender has sent before.
 */
const MARK = /%(?!(?:ASA|FTD|PIX|FWSM)-)([A-Z][A-Z0-9_]{0,31}(?:-[A-Z][A-Z0-9_]{0,31})?)-([0-7])-([A-Z0-9_]{1,48}): ?/g;

/** Cisco IOS System Message Guide, by facility and mnemonic. */
const READERS: ReadonlyMap<string, IosReader> = new Map<string, IosReader>([
  ...['P', 'DP', 'NP', 'RP', 'S'].map((kind) => [`SEC-IPACCESSLOG${kind}`, readAccessLog] as const),
  ...['P', 'DP', 'NP', 'SP'].map((kind) => [`IPV6-ACCESSLOG${kind}`, readAccessLog] as const),
  ['SYS-CONFIG_I', readConfigured],
  ['PARSER-CFGLOG_LOGGEDCMD', readLoggedCommand],
  ['LINK-UPDOWN', readLink],
  ['LINK-CHANGED', readLink],
  ['LINEPROTO-UPDOWN', readLink],
  ['SEC_LOGIN-LOGIN_SUCCESS', readLogin],
  ['SEC_LOGIN-LOGIN_FAILED', readLogin],
  ['SYS-LOGOUT', readLogout],
  ['IPNAT-CREATED', readNatCreated],
  ['IPNAT-DELETED', readNatDeleted],
  ['NAT-LOG_TRANSLATION', readLogTranslation],
]);

/** Cisco IOS, IOS-XE and NX-OS. Mnemonics without a reader keep code, severity and message. */
export const ciscoIosParser: VendorParser = {
  name: 'cisco_ios',

  recognises({ text, messageAt }) {
    return text.charCodeAt(messageAt) === 0x25 && lastMark(text, messageAt) !== undefined;
  },

  read({ text, messageAt }, draft) {
    const mark = lastMark(text, messageAt);
    if (!mark) return undefined;
    const severity = Number(mark[2]);
    const code = `${mark[1]}-${severity}-${mark[3]}`;
    const { event } = draft;
    event['event.dataset'] = 'cisco.ios';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = 'IOS';
    event['observer.type'] = 'router';
    event['event.code'] = code;
    event['event.severity'] = severity;
    event['log.level'] = LEVELS[severity] as string;
    event['event.category'] = 'host';
    event['event.type'] = severity <= 3 ? 'error' : 'info';
    event['event.action'] = (mark[3] as string).toLowerCase();
    const reader = READERS.get(`${mark[1]}-${mark[3]}`);
    const said = text.slice(mark.index + mark[0].length);
    if (reader && !reader(said, draft)) draft.fail('message', `unexpected wording of ${code}`);
    return undefined;
  },
};

/** The last mark in the first 200 characters: `%IOSXE-6-PLATFORM: … %NAT-6-LOG_TRANSLATION: …` carries two. */
function lastMark(text: string, at: number): RegExpExecArray | undefined {
  MARK.lastIndex = at;
  let found: RegExpExecArray | undefined;
  for (let mark = MARK.exec(text); mark && mark.index < at + 200; mark = MARK.exec(text)) {
    if (!found && mark.index !== at) return undefined;
    const wraps = mark[1] === 'IOSXE' && mark[3] === 'PLATFORM';
    found = mark;
    if (!wraps) break;
  }
  return found;
}
