import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { SyslogHeader } from '../syslog/header.ts';
import { relayedHeader } from '../syslog/relayed.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { classify } from './classify.ts';
import { impliedTag } from './daemon-text.ts';
import { applyField } from './fields.ts';
import { type JunosFields, readFlowText } from './flow-text.ts';
import { readOtherText } from './other-text.ts';

/** What tags of Junos' services begin with; `RT` covers flow, IDP, UTM, screens and threat prevention. */
export const TAG_SERVICES = (
  'RT APPTRACK IDP UI AAMW SRX_AAMW SECINTEL WEBFILTER AV ANTISPAM CONTENT_FILTERING SSHD_LOGIN LOGIN KMD FWAUTH PFE_FW ' +
  'SNMP_TRAP SNMPD RPD CHASSISD DH_SVC JDHCPD DHCPD DHCP_SVC JSERVICES JSRPD DOT1XD LIBJNX PING_TEST RTLOG IKE IPSEC ESWD RMOPD L2ALD PKID AUTHD ' +
  'HTTPD NSD FLOW UTMD APPIDD IDPD MIB2D'
).split(' ');
const TAG = new RegExp(String.raw`(?:${TAG_SERVICES.join('|')})_[A-Z\d_]{2,64}`, 'y');
/** Services whose name is the tag of RFC 3164 and whose message begins with the tag proper. */
const SERVICES = new Set(['RT_FLOW', 'RT_IDP', 'RT_UTM', 'RT_IDS', 'RT_AAMW', 'RT_SECINTEL', 'RT_SYSTEM', 'RT_SCREEN']);
const SESSION = /^(?:RT_FLOW|APPTRACK)_SESSION_(?:CREATE|CLOSE|DENY)/;
const DATA = '[junos@';
/** Facility and severity before the tag, with `explicit-priority`. IOS has facilities of its own: `%WEBSERVER-5-LOGIN_FAILED`. */
const PRIORITY =
  /%(?:AUTH|AUTHPRIV|CHANGE|CONFLICT|CONSOLE|CRON|DAEMON|DFC|EXTERNAL|FIREWALL|FTP|INTERACT|KERN|KERNEL|LOCAL\d|NTP|PFE|SYSLOG|USER)-[0-7]-/y;
/** The card that speaks stands before the tag: `node0.fpc1`, `(FPC Slot 1, PIC Slot 1)`; without a header the service does. */
const PLACE = /(?:[\w.-]{1,64}(?:\[\d{1,10}\])?:?|\(FPC[^)]{1,40}\)) /y;
/** The device's own header (RFC 5424 without PRI and version) behind a relay's: stamp, name, service, process. */
const RELAYED = /(\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:?\d\d)) ([\w.-]{1,64}) [\w-]{1,48} (?:\d{1,10}|-) /y;
/** Relays put a header of their own before the device's. */
const MAX_PREFIX = 200;

/** Juniper SRX and other Junos devices: structured data (RFC 5424) and the plain text forms. */
export const juniperParser: VendorParser = {
  name: 'juniper_junos',

  recognises(input) {
    const { text, messageAt, header } = input;
    if (header.structuredData?.[0]?.[0].startsWith('junos@')) return true;
    if (text.startsWith(DATA, messageAt)) return true;
    if (header.appname !== undefined && SERVICES.has(header.appname)) return true;
    const { tag, at } = findTag(input);
    if (tag === '') return impliedTag(input) !== '';
    return tag.startsWith('RT_') || tag.startsWith('APPTRACK_') || text[at] === ':' || text.startsWith(DATA, at + 1);
  },

  read(input, draft) {
    const { header } = input;
    const { event } = draft;
    const { tag, kind, fields } = readFields(input);
    if (header.structuredData) draft.dropLabels();
    event['event.dataset'] = 'juniper.junos';
    event['observer.vendor'] = 'Juniper Networks';
    event['observer.product'] = 'Junos';
    event['observer.type'] = 'firewall';
    draft.text('event.code', tag);
    for (const [name, value] of fields) applyField(draft, name, value);
    // Only a session has one form, so only its surprise is one.
    if (fields.size === 0 && SESSION.test(tag)) draft.fail('message', `unexpected wording of ${tag}`);
    classify(draft, kind, fields);
    addTotals(draft);
    dropUntranslated(draft);
    draft.text('observer.name', relayedHeader(input.text, input.messageAt)?.name);
    const relayed = serviceHeader(input);
    if (!relayed) return undefined;
    draft.text('observer.name', relayed.name);
    return { written: () => readTime(relayed.stamp, 0)?.time };
  },
};

function serviceHeader({ text, messageAt }: VendorInput): { stamp: string; name: string; end: number } | undefined {
  RELAYED.lastIndex = messageAt;
  const m = RELAYED.exec(text);
  return m ? { stamp: m[1] as string, name: m[2] as string, end: RELAYED.lastIndex } : undefined;
}

/** `kind` is the tag, or the one that a text without a tag would have. */
function readFields(input: VendorInput): { tag: string; kind: string; fields: JunosFields } {
  const { text, header } = input;
  const { tag, at } = findTag(input);
  const kind = tag === '' ? impliedTag(input) : tag;
  const fields: JunosFields = new Map();
  const data = text.slice(at, at + MAX_PREFIX).indexOf(DATA);
  if (header.structuredData) {
    for (const [name, value] of header.structuredData) fields.set(name.slice(name.indexOf('_') + 1), value.trim());
  } else if (data >= 0) readBracket(text, at + data, fields);
  else return { tag, kind, fields: readPlain(kind, text.slice(text.startsWith(': ', at) ? at + 2 : at).trim()) };
  return { tag, kind, fields };
}

/** `[junos@2636.1.1.1.2.129 a="…" b="…"]` outside a header of RFC 5424. */
function readBracket(text: string, at: number, fields: JunosFields): void {
  const close = text.indexOf('"]', at);
  const element = text.slice(text.indexOf(' ', at) + 1, close < 0 ? undefined : close + 1);
  let last = '';
  readPairs(element, 0, (key, value) => {
    last = key;
    fields.set(key, value.trim());
  });
  // What closes the element is no part of a last value without quotes.
  const end = fields.get(last);
  const isBare = element.slice(-(end?.length ?? 0) - 1).startsWith('=');
  if (end !== undefined && isBare) fields.set(last, end.replace(/"?\]?$/, ''));
}

function readPlain(tag: string, said: string): JunosFields {
  const fields = readFlowText(said, tag) ?? readOtherText(tag, said);
  return fields ?? new Map();
}

/** The tag in the header's MSGID, or the last one before the text: `RT_FLOW: RT_FLOW_SESSION_CLOSE: …`. */
function findTag(input: VendorInput): { tag: string; at: number } {
  const { text, messageAt, header } = input;
  const known = headerTag(header);
  let at = serviceHeader(input)?.end ?? relayedHeader(text, messageAt)?.end ?? messageAt;
  let tag = known;
  if (!startsTag(text, at)) {
    PLACE.lastIndex = at;
    if (PLACE.test(text) && startsTag(text, PLACE.lastIndex)) at = PLACE.lastIndex;
    PRIORITY.lastIndex = at;
    if (PRIORITY.test(text) && startsTag(text, PRIORITY.lastIndex)) at = PRIORITY.lastIndex;
  }
  for (let round = 0; round < 3; round++) {
    TAG.lastIndex = at;
    const found = TAG.exec(text)?.[0];
    if (found === undefined) break;
    tag = found;
    at += found.length;
    const gap = /^(?:\[\d{1,10}\])?(?:: | - | )/.exec(text.slice(at, at + 16))?.[0];
    if (gap === undefined || !startsTag(text, at + gap.length)) break;
    at += gap.length;
  }
  return { tag, at };
}

function headerTag({ msgid, appname }: SyslogHeader): string {
  TAG.lastIndex = 0;
  if (msgid !== undefined && TAG.exec(msgid)?.[0] === msgid) return msgid;
  TAG.lastIndex = 0;
  return appname !== undefined && TAG.exec(appname)?.[0] === appname ? appname : '';
}

function startsTag(text: string, at: number): boolean {
  TAG.lastIndex = at;
  return TAG.test(text);
}
