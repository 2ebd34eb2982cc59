import type { EventDraft } from '../event/draft.ts';
import { type ServerProduct, setServer } from '../programs/server.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { MONTHS, utcMicros } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readConnection } from './connections.ts';
import { readHost, readSignIn } from './hosts.ts';
import { readRulePacket, readRuleUrl, readThreat } from './packets.ts';

/** One of them stands in each record that is read. */
export const MARKS = [
  '[Connection] ',
  '" packet from ',
  '" packet to ',
  "' packet from ",
  "' packet to ",
  " URL '",
  " FTP '",
  ' URL "',
  ' FTP "',
  'IPS: Packet drop',
  'IPS: Alert',
  'Anti-Spoofing: Packet',
  '[IPv4] ',
  '[IPv6] ',
  ' - session opened for host ',
  ' - session closed for host ',
  ': Client: ',
] as const;
const CONTROL: ServerProduct = { dataset: 'kerio.control', vendor: 'Kerio', product: 'Control', type: 'firewall' };
/** Of the security log; the header takes it for the program's name. */
export const HEADS = ['IPS', 'Anti-Spoofing', 'Authentication'] as const;
/** Its own time, which files have: `[18/Apr/2013 10:22:47] `. */
const STAMP = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}) (\d\d):(\d\d):(\d\d)\] /y;
const FIRST = new RegExp(
  [
    String.raw`\[ID\] \d{1,20} .{0,1024}?\[Connection\] `,
    `(?:PERMIT|DROP|DENY|ALLOW|REJECT) ["'].{0,256}?["'] packet (?:from|to) .{1,200}?proto:`,
    String.raw`(?:PERMIT|DROP|DENY|ALLOW|REJECT) (?:URL|FTP) ["'].{0,256}?["'] [\da-fA-F.:]{2,45} `,
    'IPS: (?:Packet drop|Alert)',
    'Anti-Spoofing: Packet ',
    String.raw`\[IPv[46]\] [\da-fA-F.:]{2,45} `,
    String.raw`\S{1,128} - session (?:opened|closed) for host `,
    String.raw`Authentication: [\w ]{1,32}: Client: `,
  ].join('|'),
  'y',
);

interface Found {
  readonly words: string;
  readonly stamp: RegExpExecArray | null;
}

function find({ text, messageAt, header }: VendorInput): Found | undefined {
  STAMP.lastIndex = messageAt;
  const stamp = STAMP.exec(text);
  const at = messageAt + (stamp?.[0].length ?? 0);
  const head = HEADS.find((each) => each === header.appname);
  const words = head === undefined ? text.slice(at) : `${head}: ${text.slice(messageAt)}`;
  FIRST.lastIndex = 0;
  return FIRST.test(words) ? { words, stamp } : undefined;
}

/** Kerio Control (GFI): "Using the … log" of its administrator's guide, for the logs connection, filter, security, host and config. */
export const kerioParser: VendorParser = {
  name: 'kerio_control',

  recognises: (input) => find(input) !== undefined,

  read(input, draft) {
    const found = find(input);
    if (!found) return undefined;
    setServer(draft, CONTROL);
    readMessage(found.words.trimEnd(), draft);
    const { stamp } = found;
    return stamp && !input.header.time ? { written: () => writtenOf(stamp) } : undefined;
  },
};

function writtenOf([, day, month = '', year, ...clock]: RegExpExecArray): WrittenTime | undefined {
  const [hour = 0, minute = 0, second = 0] = clock.map(Number);
  const local = utcMicros(Number(year), MONTHS[month.toLowerCase()] ?? -1, Number(day), hour, minute, second);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}

function readMessage(text: string, draft: EventDraft): void {
  if (text.startsWith('[ID] ')) readConnection(text, draft);
  else if (text.startsWith('[IPv')) readHost(text, draft);
  else if (
    !readRulePacket(text, draft) &&
    !readRuleUrl(text, draft) &&
    !readThreat(text, draft) &&
    !readSignIn(text, draft)
  ) {
    draft.event['event.category'] = 'network';
    draft.event['event.type'] = 'info';
    draft.fail('message', 'not worded as the guide has it');
  }
}
