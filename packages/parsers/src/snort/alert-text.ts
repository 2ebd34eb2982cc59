import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { YEARLESS } from '../time/device-time.ts';
import { utcMicros } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorTime } from '../vendor.ts';

/** `11/23/2026-19:56:31.123456  `, with two digits of the year or none. */
const TIME = /(\d\d)\/(\d\d)(?:\/(\d\d(?:\d\d)?))?-(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? {1,4}/y;
/** `[Drop] `, `[wDrop] `, `[**] ` */
const MARKS = /(?:\[(?:\*\*|w?Drop|Block|Reject|Alert)\] {0,2}){0,3}/y;
const VERDICT = /w?Drop|Block|Reject|Alert/;
const RULE = /\[(\d{1,10}):(\d{1,10}):(\d{1,6})\] /y;
const CLASSIFICATION = /\[Classification: ([^\]]{1,256})\]/;
const PRIORITY = /\[Priority: (\d{1,3})\]/;
const PARTIES = /\{([\w -]{1,20})\} ([\da-fA-F.:[\]]{2,60})(?: -> ([\da-fA-F.:[\]]{2,60}))?/;
const INTERFACE = / <([\w.:-]{1,32})> \{/;
const APPLICATION = /\[AppID: ([^\]]{1,128})\]/;
/** How much of a record a message of a rule may fill before its addresses. */
const MAX_ALERT = 2048;

export interface AlertStart {
  readonly time: RegExpExecArray | undefined;
  readonly verdict: string | undefined;
  readonly rule: RegExpExecArray;
  /** Where the rule's message begins. */
  readonly at: number;
}

/** The head of an alert in Snort's or Suricata's text form at `at`; undefined for anything else. */
export function findAlert(text: string, at: number): AlertStart | undefined {
  const code = text.charCodeAt(at);
  if (code !== 0x5b && !(code >= 0x30 && code <= 0x39)) return undefined;
  TIME.lastIndex = at;
  const time = TIME.exec(text) ?? undefined;
  MARKS.lastIndex = time ? TIME.lastIndex : at;
  const marks = MARKS.exec(text);
  RULE.lastIndex = MARKS.lastIndex;
  const rule = RULE.exec(text);
  if (!rule) return undefined;
  return { time, verdict: VERDICT.exec(marks?.[0] ?? '')?.[0], rule, at: RULE.lastIndex };
}

/** Suricata's file has the year with four digits, Snort's with two or none. */
export function isSuricataFile(text: string, at: number): boolean {
  return findAlert(text, at)?.time?.[3]?.length === 4;
}

/**
 * `[1:2001:3] MESSAGE [Classification: C] [Priority: 2] {TCP} 10.0.0.5:1 -> 203.0.113.80:80`: Snort 2 and 3 (alert_fast,
 * alert_syslog), Barnyard2, Suricata (fast.log, syslog). Without a mark of a drop the packet went through.
 */
export function readAlert(text: string, start: AlertStart, draft: EventDraft): VendorTime | undefined {
  const said = text.slice(start.at, start.at + MAX_ALERT);
  const { event } = draft;
  const denied = start.verdict !== undefined && start.verdict !== 'Alert';
  event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', denied ? 'denied' : 'allowed', start.verdict?.toLowerCase() ?? 'alert');
  draft.label('gid', start.rule[1]);
  draft.text('rule.id', start.rule[2]);
  draft.label('rev', start.rule[3]);
  draft.text('rule.name', messageOf(said));
  const category = CLASSIFICATION.exec(said)?.[1];
  if (category !== '(null)') draft.text('rule.category', category);
  draft.long('event.severity', PRIORITY.exec(said)?.[1]);
  draft.text('observer.ingress.interface.name', INTERFACE.exec(said)?.[1]);
  draft.text('network.application', APPLICATION.exec(said)?.[1]);
  const packet = readPacket(draft, said);
  if (packet) return packet;
  setParties(draft, said);
  const { time } = start;
  return time && readAlertTime(time);
}

/** Up to the first of the parts that follow it; Snort 3 puts it in quotes. */
function messageOf(said: string): string {
  const ends = [' [**]', ' [Classification:', ' [Priority:', ' {'].map((mark) => said.indexOf(mark));
  const end = Math.min(...ends.filter((at) => at >= 0), said.length);
  return said.slice(0, end).replace(/^"(.{0,1024})"$/, '$1');
}

/** `alert_full`: the packet in lines of its own, `11/23-19:56:31.123456 10.0.0.5:1 -> 203.0.113.80:80`, then `TCP TTL:64 …`. */
const PACKET =
  /[\r\n]{1,2}(\d\d)\/(\d\d)(?:\/(\d\d(?:\d\d)?))?-(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? {1,4}([\da-fA-F.:[\]]{2,60}) -> ([\da-fA-F.:[\]]{2,60}) {0,4}[\r\n]{1,2}([\w-]{1,20}) TTL:/;
const PACKET_LENGTH = / DgmLen:(\d{1,6})/;

function readPacket(draft: EventDraft, said: string): VendorTime | undefined {
  const m = PACKET.exec(said);
  if (!m) return undefined;
  setSides(draft, m[10] as string, m[8], m[9]);
  draft.long('network.bytes', PACKET_LENGTH.exec(said)?.[1]);
  return readAlertTime(m);
}

function setParties(draft: EventDraft, said: string): void {
  const m = PARTIES.exec(said);
  if (!m) {
    draft.fail('source.ip', 'no addresses');
    return;
  }
  setSides(draft, (m[1] as string).trim(), m[2], m[3]);
}

function setSides(
  draft: EventDraft,
  protocol: string,
  source: string | undefined,
  destination: string | undefined,
): void {
  if (readTransport(protocol).number === undefined) draft.label('protocol', protocol);
  else draft.transport(protocol);
  const hasPort = /^(?:TCP|UDP|SCTP)$/i.test(protocol);
  for (const [side, written] of [
    ['source', source],
    ['destination', destination],
  ] as const) {
    if (written === undefined) continue;
    const endpoint = readEndpoint(written, hasPort);
    draft.ip(`${side}.ip`, endpoint?.ip ?? written);
    if (hasPort) draft.port(`${side}.port`, endpoint?.port);
  }
}

/** From a match whose first seven groups are month, day, year, hour, minute, second and fraction. */
export function readAlertTime(m: RegExpExecArray): VendorTime {
  const [month, day, hour, minute, second] = [m[1], m[2], m[4], m[5], m[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const year = m[3] === undefined ? YEARLESS : m[3].length === 2 ? 2000 + Number(m[3]) : Number(m[3]);
  const local = utcMicros(year, month - 1, day, hour, minute, second, m[7]);
  const yearMissing = m[3] === undefined;
  return { written: () => (local === undefined ? undefined : { local, yearMissing, offset: undefined }) };
}
