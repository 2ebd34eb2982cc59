import type { VendorInput } from '../vendor.ts';

/** The program that wrote a record, and where its words begin. */
export interface Program<T> {
  /** As in the table. */
  readonly name: string;
  readonly value: T;
  readonly at: number;
}

/** A host's name, a program's and its process, each at its longest. */
const MAX_TAG = 150;
/** Where the header has none: `(squid-1)[12]: `, and records without a time, whose first word may be a host name. */
const TAG = /(?:[\w.:-]{1,64} )?\(?([A-Za-z/][\w./-]{0,47})\)?(?:\[[\w.-]{1,20}\])?: ?/y;

/**
 * Devices that are built on these programs have codes of their own before or in the place of the program's words: Junos
 * `SSHD_LOGIN_FAILED: ` (in RFC 5424 as MSGID), F5 `01070417:6: `.
 */
const DEVICE_CODE = /(?:[A-Z]{2,24}_[A-Z\d_]{2,40}(?::| ?\[junos@)|[\da-f]{8}:\d: )/y;
const JUNOS_ID = /^[A-Z\d]{2,24}_[A-Z\d_]{2,48}$/;

/** Looks a record's program up in a table of lower-case names; a path before the name doesn't matter. */
export function findProgram<T>(
  { text, messageAt, header }: VendorInput,
  table: ReadonlyMap<string, T>,
): Program<T> | undefined {
  const { appname, msgid } = header;
  const found = appname === undefined ? findTag(text, messageAt, table) : lookUp(appname, messageAt, table);
  if (!found) return undefined;
  DEVICE_CODE.lastIndex = found.at;
  if (DEVICE_CODE.test(text) || (msgid !== undefined && JUNOS_ID.test(msgid))) return undefined;
  return found;
}

/** The tag that was looked for last: several vendors ask about one record. */
const last = { text: '', at: -1, word: '', end: 0 };

function findTag<T>(text: string, at: number, table: ReadonlyMap<string, T>): Program<T> | undefined {
  if (at !== last.at || text !== last.text) readTag(text, at);
  return last.word === '' ? undefined : lookUp(last.word, last.end, table);
}

function readTag(text: string, at: number): void {
  last.text = text;
  last.at = at;
  last.word = '';
  // Most texts have no colon where a tag would end.
  const colon = text.indexOf(':', at);
  if (colon < 0 || colon > at + MAX_TAG) return;
  TAG.lastIndex = at;
  const tag = TAG.exec(text);
  if (!tag) return;
  last.word = tag[1] as string;
  last.end = TAG.lastIndex;
}

function lookUp<T>(word: string, at: number, table: ReadonlyMap<string, T>): Program<T> | undefined {
  const name = baseName(word);
  const value = table.get(name);
  return value === undefined ? undefined : { name, value, at };
}

/** `/usr/sbin/cron` → `cron`, `(squid-1)` → `squid-1`, `CRON` → `cron` */
export function baseName(word: string): string {
  const name = word.slice(word.lastIndexOf('/') + 1).toLowerCase();
  return name.startsWith('(') && name.endsWith(')') ? name.slice(1, -1) : name;
}
