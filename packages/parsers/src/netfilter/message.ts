import type { EventDraft } from '../event/draft.ts';
import { readPacket } from './packet.ts';
import { readPrefix } from './prefix.ts';

/** How far before ` OUT=` a prefix may reach: LOG prefixes have 29 characters, nftables' 127, then comes the clock. */
const MAX_PREFIX = 256;
/** Interface names have at most 15 characters (IFNAMSIZ). */
const MAX_INTERFACE = 16;
/** Seconds since the start, as `printk` writes them. */
const KERNEL_CLOCK = /^\[ {0,8}\d{1,10}\.\d{1,9}\] ?/;
/** Left in the prefix where the head was not read: `kernel: `, `Mon Nov 23 19:56:31 2026 kern.warn kernel: ` (logread). */
const PROGRAM = /(?:^| )(?:kernel|ulogd(?:\[\d{1,10}\])?): /;

/** Position of the packet (`IN=… OUT=`) in a message at `at`, or −1: every LOG target of netfilter writes both first. */
export function findPacket(text: string, at: number): number {
  const out = text.indexOf(' OUT=', at);
  if (out < 0 || out > at + MAX_PREFIX) return -1;
  let from = out;
  while (from > at && text.charCodeAt(from - 1) === 0x20) from--;
  for (let back = 0; back <= MAX_INTERFACE && from >= at + 2; back++, from--) {
    if (text.charCodeAt(from - 1) === 0x20) return -1;
    if (text.startsWith('IN=', from - 3) && from - 3 >= at) return from - 3;
  }
  return -1;
}

/**
 * A packet log line of the kernel or of ulogd: `[12345.678] PREFIX IN=eth0 OUT= MAC=… SRC=… DST=… PROTO=TCP …`.
 * `tag` is what stood where a program's name does: without a program it is the prefix itself (`gw DENY: IN=…`).
 * Sets everything but `observer.vendor`, `observer.product` and the dataset. False when there is no packet.
 */
export function readPacketMessage(text: string, at: number, tag: string | undefined, draft: EventDraft): boolean {
  const packet = findPacket(text, at);
  if (packet < 0) return false;
  let prefix = text.slice(at, packet);
  const program = PROGRAM.exec(prefix);
  if (program) prefix = prefix.slice(program.index + program[0].length);
  prefix = prefix.slice(KERNEL_CLOCK.exec(prefix)?.[0].length ?? 0).trim();
  if (prefix === '') prefix = prefixBefore(text, at, tag);
  readPrefix(prefix, draft);
  readPacket(text, packet, draft);
  return true;
}

/** The header takes a prefix without a program for a tag (`gw DENY: IN=…`), and with no host for nothing (`… 19:56:31 DENY: IN=…`). */
function prefixBefore(text: string, at: number, tag: string | undefined): string {
  if (tag !== undefined) return tag === 'kernel' || tag === 'ulogd' ? '' : tag;
  if (!text.startsWith(': ', at - 2)) return '';
  const word = text.slice(text.lastIndexOf(' ', at - 3) + 1, at - 2);
  // The clock's own colon, and words too long for a prefix.
  return word.length > 64 || /[\d:]$/.test(word) || word === 'kernel' ? '' : word;
}
