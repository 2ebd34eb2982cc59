import { MICROS_PER_SECOND } from '@logmaster/core/time';
import { readIscV4 } from '../dhcp-servers/isc.ts';
import type { EventDraft } from '../event/draft.ts';
import { readSshd } from '../logins/sshd.ts';
import { levelWord } from '../syslog/severity.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readOffset, utcMicros } from '../time/read-time.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { readControl, readLogin, readTunnelUser } from './people.ts';
import { readRemark } from './remarks.ts';
import { readActivity, readAudit, readState } from './traffic.ts';

/** Log files are named after the box or the service that writes: `fw1/box_Firewall_Activity`, `fw1/srv_S1_VPN`. */
const LOG = /(?:^|\/)((?:box|srv)_\w{2,64})$/;
/** The same where the header takes it for the text: with numbers of range and cluster before it. */
const PATH = /(?:[\w.-]{1,64}\/){1,4}((?:box|srv)_\w{2,64}): {0,2}/y;
/** The activity log without its name: level, box, action, kind of session, protocol. */
const NAMELESS =
  /\s{0,8}(?:Info|Notice|Security|Warning|Error)\s{1,8}(?:[+-]\d\d:\d\d\s{1,4})?[\w.-]{1,64} [A-Z][A-Za-z]{2,15}: {1,4}[A-Z<][\w>-]{1,15}\|(?:TCP|UDP|ICMP)\|/y;
/** Level, zone and host before the text; each may be missing. */
const LEVEL =
  /\s{0,8}(Info|Notice|Security|Warning|Error|Fatal|Internal|Debug|Panic)\b\s{0,8}(?:([+-]\d\d:\d\d)\s{1,4})?/y;
/** A line of the file itself: `2026 11 23 19:56:31 Security +03:00 Block: …`. */
const FILE_TIME = /(\d{4}) (\d\d) (\d\d) (\d\d):(\d\d):(\d\d) (?:([+-]\d\d:\d\d) )?/y;
/** The same without a box's name: what SecureEdge and CloudGen WAN send on. */
const FILE =
  /\d{4} \d\d \d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d (?:Info|Notice|Security|Warning|Error|Fatal|Internal|Debug|Panic) /y;
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['internal', 'debug'],
  ['security', 'alert'],
  ['fatal', 'critical'],
  ['panic', 'emergency'],
]);

/** Barracuda CloudGen Firewall (NextGen, NG): activity and audit log, forwarding service, sign-ins. */
export const barracudaParser: VendorParser = {
  name: 'barracuda_cloudgen',

  recognises({ text, messageAt, header }) {
    if (header.appname !== undefined && LOG.test(header.appname)) return true;
    PATH.lastIndex = messageAt;
    NAMELESS.lastIndex = messageAt;
    FILE.lastIndex = messageAt;
    if (PATH.test(text) || NAMELESS.test(text) || FILE.test(text)) return true;
    const head = text.slice(messageAt, messageAt + 256);
    return head.includes('type=') && head.includes('|proto=') && head.includes('|srcI');
  },

  read(input, draft) {
    const { header } = input;
    const { event } = draft;
    event['event.dataset'] = 'barracuda.cloudgen';
    event['observer.vendor'] = 'Barracuda';
    event['observer.product'] = 'CloudGen Firewall';
    event['observer.type'] = 'firewall';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    PATH.lastIndex = input.messageAt;
    const path = PATH.exec(input.text);
    FILE.lastIndex = input.messageAt;
    const unnamed = FILE.test(input.text) ? '' : 'box_Firewall_Activity';
    const log = LOG.exec(header.appname ?? '')?.[1] ?? path?.[1] ?? unnamed;
    draft.label('log', log);
    return readBody(input, path ? PATH.lastIndex : input.messageAt, log, draft);
  },
};

function readBody(
  { text, header }: VendorInput,
  bodyAt: number,
  log: string,
  draft: EventDraft,
): VendorTime | undefined {
  FILE_TIME.lastIndex = bodyAt;
  const written = FILE_TIME.exec(text);
  const at = written ? FILE_TIME.lastIndex : bodyAt;
  LEVEL.lastIndex = at;
  const level = LEVEL.exec(text);
  const said = text.slice(level ? LEVEL.lastIndex : at);
  if (level) setLevel(draft, level[1] as string);
  const epoch = log === 'box_Firewall_audit' ? readAudit(said, draft) : undefined;
  if (epoch !== undefined) return { micros: epoch * MICROS_PER_SECOND };
  const isKnown = readControl(said, draft) || readProgram(log, said, draft) || readRemark(said, draft);
  if (!isKnown && !readActivity(said, draft) && !readState(said, draft) && !readLogin(said, draft)) {
    // Other logs hold all kinds of remarks; only the activity log has one form.
    if (log === 'box_Firewall_Activity') draft.fail('message', 'unexpected wording of the activity log');
  }
  const time = written && !header.time ? fileTime(written, written[7] ?? level?.[2]) : undefined;
  return time ? { written: () => time } : undefined;
}

function setLevel(draft: EventDraft, word: string): void {
  const level = levelWord(word);
  draft.text('log.level', LEVELS.get(level) ?? level);
  if (level === 'error' || level === 'fatal' || level === 'panic') draft.event['event.type'] = 'error';
}

function fileTime(match: RegExpExecArray, zone: string | undefined): WrittenTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const local = utcMicros(year, month - 1, day, hour, minute, second);
  const offset = zone === undefined ? undefined : readOffset(zone);
  return local === undefined ? undefined : { local, yearMissing: false, offset };
}

/** Programs that write their own sentences behind the box's name, and the VPN service's people. */
function readProgram(log: string, said: string, draft: EventDraft): boolean {
  const own = said.slice(said.indexOf(' ') + 1);
  if (/dhcp/i.test(log)) return readIscV4(own, draft);
  if (/sshd/i.test(log)) return readSshd(own, draft);
  return log.endsWith('_VPN') && readTunnelUser(said, draft);
}
