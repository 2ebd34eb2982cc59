import type { SyslogHeader } from './header.ts';

/** `tag[pid]:` of RFC 3164 §5.3. */
const TAG = /([A-Za-z][\w./-]{0,63})(?:\[([\w.-]{1,32})\])?: ?/y;
const HOSTNAME = /^[\w.:-]{1,255}$/;
/** Vendors whose message begins without a tag: Cisco's `%FAC-SEV-NAME`, RouterOS' `topic,topic`, key=value pairs. */
const MESSAGE_START = /%[A-Z]|[a-z0-9-]+(?:,!?[a-z0-9-]+)+ |\S+=/y;

/** Sets host name, tag and `messageAt` from what follows the time (or PRI, when there is no time). */
export function readLegacyNames(text: string, start: number, header: SyslogHeader, afterTime: boolean): void {
  let at = start;
  const space = text.indexOf(' ', at);
  if (!startsMessage(text, at) && space > at && space - at <= 256) {
    const word = text.slice(at, space);
    // `fw1 : %ASA-…` and `fw1: %ASA-…`: the name is followed by a colon; `sshd[12]: …` has no host name.
    const cisco = text.startsWith(': %', space + 1) ? 3 : text[space + 1] === '%' ? 1 : 0;
    const name = word.endsWith(':') && cisco > 0 ? word.slice(0, -1) : word;
    if (cisco > 0 && HOSTNAME.test(name)) {
      header.hostname = name;
      header.messageAt = space + (cisco === 3 ? 3 : 1);
      return;
    }
    // Without a time the first word is as likely part of the message.
    if (afterTime && !word.endsWith(':') && HOSTNAME.test(word)) {
      header.hostname = word;
      at = space + 1;
      while (text[at] === ' ') at++;
    }
  }
  header.messageAt = readTag(text, at, header, afterTime);
}

function startsMessage(text: string, at: number): boolean {
  MESSAGE_START.lastIndex = at;
  return MESSAGE_START.test(text);
}

function readTag(text: string, at: number, header: SyslogHeader, afterTime: boolean): number {
  if (!afterTime || startsMessage(text, at)) return at;
  TAG.lastIndex = at;
  const tag = TAG.exec(text);
  // `forward: in:ether1 …`: RouterOS' chains look like tags.
  if (!tag || /^(?:forward|input|output|srcnat|dstnat|prerouting|postrouting)$/.test(tag[1] as string)) return at;
  header.appname = tag[1] as string;
  if (tag[2] !== undefined) header.procid = tag[2];
  return TAG.lastIndex;
}
