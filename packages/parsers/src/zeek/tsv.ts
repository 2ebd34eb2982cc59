import type { JsonObject } from '../json-object/json-object.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';

/** Seconds with six digits, then a tab, which syslog daemons write as `#011`. */
const HEAD = /\d{9,11}\.\d{1,9}(?:\t|#011)[A-Za-z0-9,(){}-]{1,200}(?:\t|#011)/y;
const MAX_WORDS = 64;

export function isTsv(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!(code >= 0x30 && code <= 0x39)) return false;
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

const ID = ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p'];

interface Layout {
  readonly path: string;
  readonly names: readonly string[];
  /** Does a record without a name look like this log? */
  readonly fits: (words: readonly string[]) => boolean;
}

const layout = (path: string, names: string, fits: Layout['fits'], id: readonly string[] = ID): Layout => ({
  path,
  names: [...id, ...names.split(' ')],
  fits,
});
const isFlag = (word: string | undefined) => word === 'T' || word === 'F' || word === '-';
const isCount = (word: string | undefined) => word !== undefined && /^\d{1,12}$/.test(word);

const CONN = 'proto service duration orig_bytes resp_bytes conn_state local_orig';
const PACKETS = 'missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents';
const isConn = (words: readonly string[]) => /^(?:S[0-3F]|SH|SHR|REJ|RST\w{1,3}|OTH)$/.test(words[11] ?? '');
const ANSWER = 'query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected';
const isDns = (words: readonly string[], name: number) =>
  /^(?:udp|tcp)$/.test(words[6] ?? '') && isCount(words[7]) && /^(?:C_|-|qclass)/.test(words[name + 2] ?? '');
const isHttp = (words: readonly string[]) => isCount(words[6]) && /^[A-Z]{3,16}$/.test(words[7] ?? '');

/**
 * The columns that each log has by default (Zeek documentation, "Log Formats"; `#fields` stands only at a file's head, so
 * a single line doesn't say them). Newer releases first; what comes behind the last name is left out.
 */
const LAYOUTS: readonly Layout[] = [
  layout('conn', `${CONN} local_resp ${PACKETS}`, (words) => isConn(words) && isFlag(words[13])),
  layout('conn', `${CONN} ${PACKETS}`, isConn),
  layout('dns', `proto trans_id rtt ${ANSWER}`, (words) => words.length > 22 && isDns(words, 9)),
  layout('dns', `proto trans_id ${ANSWER}`, (words) => isDns(words, 8)),
  layout(
    'http',
    'trans_depth method host uri referrer version user_agent origin request_body_len response_body_len status_code status_msg info_code info_msg tags username',
    (words) => isHttp(words) && isCount(words[14]),
  ),
  layout(
    'http',
    'trans_depth method host uri referrer version user_agent request_body_len response_body_len status_code status_msg info_code info_msg tags username',
    (words) => isHttp(words) && isCount(words[13]),
  ),
  layout(
    'http',
    'trans_depth method host uri referrer user_agent request_body_len response_body_len status_code status_msg info_code info_msg tags username',
    isHttp,
  ),
  layout(
    'ssl',
    'version cipher curve server_name resumed last_alert next_protocol established',
    (words) => /^(?:TLS|SSL|DTLS)v/.test(words[6] ?? '') || /^TLS_/.test(words[7] ?? ''),
  ),
  layout(
    'ssh',
    'version auth_success auth_attempts direction client server',
    (words) => /^[12]$/.test(words[6] ?? '') && isFlag(words[7]) && isCount(words[8]),
  ),
  layout('notice', 'fuid file_mime_type file_desc proto note msg sub src dst p n', (words) =>
    /^\w{1,64}::\w{1,64}$/.test(words[10] ?? ''),
  ),
  layout(
    'dhcp',
    'uids client_addr server_addr mac host_name client_fqdn domain requested_addr assigned_addr lease_time client_message server_message msg_types duration',
    (words) => canonicalMac(words[4] ?? '') !== undefined,
    ['ts'],
  ),
  layout('dhcp', 'mac assigned_addr lease_time trans_id', (words) => canonicalMac(words[6] ?? '') !== undefined),
];
/** Logs of a connection that none of these fits: who it was between is told all the same. */
const UNKNOWN = layout('unknown', '', (words) => canonicalIp(words[2] ?? '') !== undefined);

const NUMBERS = new Set(['ts', 'duration']);
const LISTS = new Set(['answers', 'TTLs', 'msg_types', 'uids']);
const FLAGS = new Set(['auth_success', 'is_orig']);

/** A line as the object that the JSON writer would have made of it. `-` is a missing value, `(empty)` an empty one. */
export function readTsv(
  text: string,
  at: number,
  tag: string | undefined,
): { object: JsonObject; cut: boolean } | undefined {
  const words = text.slice(at).split(/\t|#011/, MAX_WORDS);
  // `zeek_conn`, `bro_dns`: the usual tags of the file's name.
  const named = /^(?:zeek|bro)[_-](\w{2,24})/i.exec(tag ?? '')?.[1]?.toLowerCase();
  const ofName = LAYOUTS.filter(({ path }) => path === named);
  const found = [...ofName, ...LAYOUTS, UNKNOWN].find(({ fits }) => fits(words));
  if (!found) return undefined;
  const object: Record<string, unknown> = { _path: found === UNKNOWN ? (named ?? 'unknown') : found.path };
  for (const [index, name] of found.names.entries()) {
    const word = words[index];
    if (name === '' || word === undefined || word === '-' || word === '' || word === '(empty)') continue;
    object[name] = readValue(name, word);
  }
  return { object, cut: false };
}

function readValue(name: string, word: string): unknown {
  if (NUMBERS.has(name)) return Number(word);
  if (LISTS.has(name)) return word.split(',', 64);
  return FLAGS.has(name) ? word === 'T' : word;
}
