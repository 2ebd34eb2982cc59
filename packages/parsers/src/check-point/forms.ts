import { readDelimited } from '../key-value/delimited.ts';
import { readPairs } from '../key-value/pairs.ts';
import type { VendorInput } from '../vendor.ts';
import { findDebug, readDebug } from './kernel-debug.ts';
import { isTrackerExport, readTrackerExport } from './tracker-export.ts';

type OnPair = (key: string, value: string) => void;

/** One way in which Check Point's pairs are written. */
interface Form {
  /** Where the pairs begin, or −1. */
  find(input: VendorInput): number;
  read(input: VendorInput, at: number, onPair: OnPair): void;
}

/** How far recognition looks. */
const HEAD = 512;
/** Check Point's enterprise number, in the structured data of gateways' own syslog. */
const SD_ID = 'Fields@1.3.6.1.4.1.2620';
/** The same by its number alone, as collectors name their own: `sc@2620`. */
const OWN_DATA = /^\w{1,32}@(?:1\.3\.6\.1\.4\.1\.)?2620(?:\.\d{1,6})?_/;
/** Their header, with a hyphen before the zone's own sign: `1 2026-11-23T16:56:46--5:00 10.50.0.3 `. */
const BROKEN_HEADER = /1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)-([+-]?)(\d{1,2}):(\d\d) (\S{1,255}) /y;
const PAIR_START = /^\|?(?:time|loc|date|hostname|product|[aA]ction)=/;
/** Some syslog daemons' names stand before it without a blank. */
const LIST = /(?:syslog)?\[\w{1,64}::?"/y;
const FW_LOG =
  /(?: ?\d{1,2}[A-Za-z]{3}\d{4} {1,2})?\d{1,2}:\d\d:\d\d (accept|drop|reject|encrypt|decrypt|authcrypt|authorize|deauthorize|keyinst|ctl|monitor|alert|redirect|block|prevent|detect|allow|bypass) {1,3}(\S{1,255}) [<>]{0,2}(\S{1,64}) /y;

/** Log Exporter (R77.30 on): `[action:"Accept"; flags:"…"; ifdir:"inbound"; …]`. */
const list: Form = {
  find({ text, messageAt }) {
    LIST.lastIndex = messageAt;
    return LIST.test(text) ? text.indexOf('[', messageAt) + 1 : -1;
  },
  read({ text }, at, onPair) {
    const end = text.endsWith(']') ? text.length - 1 : text.length;
    const delimiter = text.indexOf('";', at) < 0 ? ' ' : ';';
    readDelimited(text.slice(0, end), at, delimiter, onPair, ':');
  },
};

/** Gateways that send by themselves: `[Fields@1.3.6.1.4.1.2620 src="…" dst="…" …]`, well-formed RFC 5424 or not. */
const fields: Form = {
  find({ text, messageAt, header }) {
    if (OWN_DATA.test(header.structuredData?.[0]?.[0] ?? '')) return 0;
    const at = text.slice(messageAt, messageAt + HEAD).indexOf(`[${SD_ID}`);
    return at < 0 ? -1 : messageAt + at;
  },
  read({ text, messageAt, header }, at, onPair) {
    if (header.structuredData) {
      for (const [name, value] of header.structuredData) onPair(name.slice(name.indexOf('_') + 1), value);
      return;
    }
    BROKEN_HEADER.lastIndex = messageAt;
    const broken = BROKEN_HEADER.exec(text);
    if (broken) {
      onPair(
        'time',
        `${broken[1]}${broken[2] === '-' ? '-' : '+'}${(broken[3] as string).padStart(2, '0')}:${broken[4]}`,
      );
      onPair('orig', broken[5] as string);
    }
    readPairs(text, at + SD_ID.length + 1, onPair);
  },
};

/** Log Exporter's Splunk form and OPSEC LEA loggers: `time=…|hostname=…|product=…|action=…|…`. */
const piped: Form = {
  find({ text, messageAt }) {
    if (!PAIR_START.test(text.slice(messageAt, messageAt + 10))) return -1;
    const head = text.slice(messageAt, messageAt + HEAD);
    const known = head.includes('|product=') || head.includes('|orig=') || head.includes('|loguid=');
    return known || (head.includes('|origin=') && head.includes('|ifdir=')) ? messageAt : -1;
  },
  read({ text }, at, onPair) {
    readDelimited(text, at, '|', onPair);
  },
};

/** `fw log -ftnl | logger`: `23Nov2026 19:56:31 drop 192.0.2.1 >eth0 rule: 5; src: 10.0.0.5; dst: …;`. */
const fwLog: Form = {
  find({ text, messageAt }) {
    FW_LOG.lastIndex = messageAt;
    if (!FW_LOG.test(text)) return -1;
    return text.slice(messageAt, messageAt + HEAD).includes('; ') ? messageAt : -1;
  },
  read({ text }, at, onPair) {
    FW_LOG.lastIndex = at;
    const match = FW_LOG.exec(text);
    if (!match) return;
    const [whole, action, origin, name] = match as unknown as [string, string, string, string];
    onPair('time', whole.slice(0, whole.indexOf(action)).trim());
    onPair('action', action);
    onPair('origin', origin);
    onPair('i/f_name', name);
    onPair('i/f_dir', whole.includes(`<${name}`) ? 'outbound' : 'inbound');
    readDelimited(text, at + whole.length, ';', onPair, ':');
  },
};

/** Log Exporter's generic form: `time=… hostname=… product="…" action=… loguid={…} …`; gateways' own: `Action="…" UUid="{…}" …`. */
const spaced: Form = {
  find({ text, messageAt }) {
    if (!PAIR_START.test(text.slice(messageAt, messageAt + 10))) return -1;
    const head = text.slice(messageAt, messageAt + HEAD);
    return head.includes(' loguid={') ||
      head.includes(' UUid="{') ||
      head.includes(' originsicname=') ||
      (head.includes(' product=') && head.includes(' ifdir='))
      ? messageAt
      : -1;
  },
  read({ text }, at, onPair) {
    readPairs(text, at, onPair);
  },
};

/** What the kernel's debug says of packets and connections. */
const kernel: Form = {
  find: ({ text, messageAt }) => findDebug(text, messageAt),
  read: ({ text, messageAt }, at, onPair) => readDebug(text, messageAt, at, onPair),
};

/** SmartView Tracker's export: values in quotes by place. */
const tracker: Form = {
  find: ({ text, messageAt }) => (isTrackerExport(text, messageAt) ? messageAt : -1),
  read: ({ text }, at, onPair) => readTrackerExport(text, at, onPair),
};

const FORMS = [list, fields, piped, spaced, fwLog, kernel, tracker];

/** Is this a Check Point record in one of its forms? */
export function isCheckPoint(input: VendorInput): boolean {
  return FORMS.some((form) => form.find(input) >= 0);
}

/** Reads the pairs of the record's form. False: it has none of them. */
export function readForm(input: VendorInput, onPair: OnPair): boolean {
  for (const form of FORMS) {
    const at = form.find(input);
    if (at < 0) continue;
    form.read(input, at, onPair);
    return true;
  }
  return false;
}
