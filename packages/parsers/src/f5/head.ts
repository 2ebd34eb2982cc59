import type { VendorInput } from '../vendor.ts';

/** A message of BIG-IP's daemons: level, daemon, number of the message, its severity, and the text. */
export interface BigIpHead {
  readonly process: string | undefined;
  readonly pid: string | undefined;
  /** Eight hexadecimal digits. */
  readonly code: string;
  readonly severity: number;
  readonly said: string;
}

/** `notice tmm[20226]: 01490500:5: `: the level is there in the device's own files and what is sent from them. */
const HEAD =
  /(?:(?:emerg|alert|crit|err|error|warning|notice|info|debug) )?(?:([a-z][\w.()-]{1,40})(?:\[(\d{1,10})\])?: )?([\da-f]{8}):([0-7]): ?/y;
/** The device's own header behind a relay's. */
const RELAYED = /^(?:[\w.-]{1,64} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,64} /;
const MESSAGE_ID = /^([\da-f]{8}):([0-7]):?$/;

export function readHead({ text, messageAt, header }: VendorInput): BigIpHead | undefined {
  const id = MESSAGE_ID.exec(header.msgid ?? '');
  if (id) {
    const said = text.slice(messageAt);
    return { process: undefined, pid: undefined, code: id[1] as string, severity: Number(id[2]), said };
  }
  HEAD.lastIndex = messageAt;
  let m = HEAD.exec(text);
  if (!m) {
    const relayed = RELAYED.exec(text.slice(messageAt, messageAt + 120));
    if (!relayed) return undefined;
    HEAD.lastIndex = messageAt + relayed[0].length;
    m = HEAD.exec(text);
  }
  if (!m) return undefined;
  const said = text.slice(HEAD.lastIndex);
  return { process: m[1], pid: m[2], code: m[3] as string, severity: Number(m[4]), said };
}
