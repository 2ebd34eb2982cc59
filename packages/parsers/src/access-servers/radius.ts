import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';

/** In a file: `Mon Nov 23 19:56:31 2026 : Auth: `; in syslog only what follows. */
const HEAD = /^(?:(?:Auth|Info|Error|Warning|Debug|Notice): )?(?:\((\d{1,10})\) {1,3})?/;
/** `Login OK: [ayse/<via Auth-Type = eap>] (from client nas1 port 12 cli 00-00-5E-00-53-23 via TLS tunnel)` */
const LOGIN =
  /^(?:\s{0,8})(Login OK|Login incorrect|Invalid user|Multiple logins|Could not authenticate)(?: \((.{1,256}?)\))? ?: ?(?:\[([^\]]{0,256})\])?(?: \(from client ([^ )]{1,128})(?: port (\d{1,10}))?(?: cli ([^ )]{1,128}))?( via TLS tunnel)?\))?(.{0,256})$/;

/** `Ignoring request to auth address * port 1812 bound to server default from unknown client 203.0.113.9 port 1645 proto udp` */
const IGNORED =
  /^Ignoring request to (auth|acct|auth\+acct|coa)\w{0,16} address ([^ ]{1,64}) port (\d{1,5})(?: bound to server ([^ ]{1,128}))? from unknown client ([\da-fA-F.:]{2,45}) port (\d{1,5})(?: proto (udp|tcp))?/;

function readIgnored(text: string, draft: EventDraft): boolean {
  const m = IGNORED.exec(text);
  if (!m) return false;
  setKind(draft, 'network', 'denied', 'request ignored');
  draft.event['network.protocol'] = 'radius';
  draft.text('event.reason', 'unknown client');
  draft.ip('source.ip', m[5]);
  draft.port('source.port', m[6]);
  if (m[2] !== '*') draft.ip('destination.ip', m[2]);
  draft.port('destination.port', m[3]);
  draft.label('virtual_server', m[4]);
  draft.transport(m[7]);
  return true;
}

/**
 * FreeRADIUS (`auth = yes` in radiusd.conf). What stands behind a slash in the brackets is the password or how it was
 * checked: it goes nowhere. Names of computers have a slash of their own: `host/pc.example.com`.
 */
export function readRadius(text: string, draft: EventDraft): boolean {
  const head = HEAD.exec(text);
  const words = text.slice(head?.[0].length ?? 0);
  const m = LOGIN.exec(words);
  if (!m) return readIgnored(words, draft);
  const [, said = '', reason, name, client, port, caller, tunnel, more] = m;
  setKind(draft, 'authentication', 'start', said.toLowerCase(), said === 'Login OK' ? 'success' : 'failure');
  draft.event['network.protocol'] = 'radius';
  draft.label('request', head?.[1]);
  draft.text('event.reason', reason);
  setUser(draft, name ?? '');
  draft.label('nas', client);
  draft.label('nas_port', port);
  draft.label('tunnel', tunnel?.trim());
  draft.label('reply', more?.trim());
  setCaller(draft, caller);
  return true;
}

function setUser(draft: EventDraft, written: string): void {
  const computer = written.startsWith('host/');
  const slash = written.indexOf('/', computer ? 5 : 0);
  // A backslash is written twice.
  account(draft, (slash < 0 ? written : written.slice(0, slash)).replaceAll('\\\\', '\\'));
}

/** Calling-Station-Id: the MAC of a station, the address of a VPN's client, or a telephone number. */
function setCaller(draft: EventDraft, caller: string | undefined): void {
  if (caller === undefined) return;
  if (canonicalIp(caller) !== undefined) draft.ip('source.ip', caller);
  else if (canonicalMac(caller) !== undefined) draft.mac('source.mac', caller);
  else draft.label('caller', caller);
}
