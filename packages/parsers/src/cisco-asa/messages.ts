import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';

/** Reads the text of one message id into the draft. False: the text isn't worded as Cisco documents it. */
export type MessageReader = (text: string, draft: EventDraft) => boolean;

/** An address, or the name that `names` gave it. */
export const HOST = String.raw`[\w.:-]{1,128}`;
/**
 * `inside:10.1.1.5/51000`; interface names may hold anything but space and colon. A context's name before it
 * (`v1:inside:10.1.1.5`) is told from the first group of an IPv6 address by the quad that follows.
 */
export const ENDPOINT = String.raw`((?:[\w-]{1,32}:(?=[^\s:/]{1,64}:\d{1,3}\.\d{1,3}\.))?[^\s:]{1,64}):(${HOST})(?:\/(\d{1,5}))?`;
/** Identity firewall and TrustSec: `(LOCAL\ayse)`, `(DOMAIN\ayse, 9:guests)`, `(9:guests)` after an address. */
export const IDENTITY = String.raw`(?:\s?\(((?!type \d|[^\s()\\,]{1,128}\/\d{1,5}\))[^()]{1,128})\))?`;

/** `9:guests` alone, or `, 9:guests`, `, 9` behind an account. */
const TAG = /(?:, |^)(\d{1,5}:[^,]{0,64}|(?<=, )\d{1,5})$/;

/** What stands in the parentheses of IDENTITY → user, and the security group tag as a label. */
export function setUser(draft: EventDraft, identity: string | undefined): void {
  if (identity === undefined) return;
  const tag = TAG.exec(identity);
  if (tag) draft.label('security_group', tag[1]);
  const account = tag ? identity.slice(0, tag.index) : identity;
  if (/^\d{1,5}$/.test(account)) draft.label('security_group', account);
  else if (account !== '') setAccount(draft, account);
}

/** `DOMAIN\ayse` → user.domain and user.name. LOCAL is the ASA's own user list; `LOCAL\DOMAIN\ayse` came through it. */
function setAccount(draft: EventDraft, account: string): void {
  // Names of accounts that don't exist are hidden; a tunnel between sites is named after the peer's address.
  if (/^\*+$/.test(account) || canonicalIp(account) !== undefined) return;
  const parts = account.split('\\').filter((part) => part !== '');
  if (parts.length > 1) draft.text('user.domain', parts.at(-2));
  draft.text('user.name', parts.at(-1));
}

/** An address, or a name of the ASA's `names` list. */
export function setHost(draft: EventDraft, side: 'source' | 'destination', host: string | undefined): void {
  if (host === undefined) return;
  if (canonicalIp(host) === undefined && isName(host)) draft.text(`${side}.domain`, host);
  else draft.ip(`${side}.ip`, host);
}

export function setMappedHost(draft: EventDraft, side: 'source' | 'destination', host: string | undefined): void {
  if (host === undefined) return;
  if (canonicalIp(host) === undefined && isName(host)) draft.label(`${side}_mapped_name`, host);
  else draft.ip(`${side}.nat.ip`, host);
}

/** Numbers with dots, and what has colons, were meant as addresses. */
function isName(host: string): boolean {
  return /[a-zA-Z]/.test(host) && !host.includes(':');
}
