import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalMac } from '../values/mac.ts';

const SIGN =
  /^(?:\w{1,16} ?-? ?)?(Administrator|User|Limited-Admin|Guest|Ext-User|admin|user) ([^\s(]{1,128}) ?(?:\(MAC=([^)]{0,32})\))? ?(?:from ([\w/ .:-]{1,64}?)(?:\(([\da-fA-F.:]{2,45})\))? )?(?:has |have )(?:been )?(logged in|logged out|denied access|forced to logout)[^(]{0,80}(?:\(([^)]{1,128})\))?/i;
const FAILED = /^Failed login attempt to .{1,64}? from ([\w/ .:-]{1,64}?)(?: \(([^)]{1,128})\))?$/i;

/** Category `User` of the ZLD log reference: `Administrator admin(MAC=-) from http/https has logged in Device`. */
export function readUser(message: string, draft: EventDraft): boolean {
  const failed = FAILED.exec(message);
  if (failed) {
    setKind(draft, 'authentication', 'start', 'login failed', 'failure');
    draft.text('network.protocol', failed[1]);
    draft.text('event.reason', failed[2]);
    return true;
  }
  const m = SIGN.exec(message);
  if (!m) return false;
  const said = (m[6] as string).toLowerCase();
  if (said === 'logged in') setKind(draft, 'authentication', 'start', said, 'success');
  else if (said === 'denied access') setKind(draft, 'authentication', 'start', said, 'failure');
  else setKind(draft, 'authentication', 'end', 'logged out');
  draft.label('role', m[1]);
  draft.text('user.name', m[2]);
  if (canonicalMac(m[3] ?? '') !== undefined) draft.mac('source.mac', m[3]);
  draft.text('network.protocol', m[4]);
  draft.ip('source.ip', m[5]);
  draft.text('event.reason', m[7]);
  return true;
}

const ASSIGNED = /^DHCP server (assigned|offered) ([\da-fA-F.:]{2,45}) to ([^\s(]{0,128}) ?\(?([\da-fA-F:-]{17})\)?/i;
const RELEASED = /^DHCP released ([\da-fA-F.:]{2,45}) with ([^\s(]{0,128}) ?\(?([\da-fA-F:-]{17})\)?/i;
/** dhcpd's words, in newer versions. */
const DHCPD =
  /^DHCP ?(ACK|OFFER|REQUEST|RELEASE|DECLINE)\w{0,2} (?:on|for|of) ([\da-fA-F.:]{2,45}) (?:to|from) ([\da-fA-F:]{17})(?: \(([^)]{1,128})\))?/i;
const WORDS = new Map([
  ['ack', ['start', 'assigned']],
  ['assigned', ['start', 'assigned']],
  ['offer', ['info', 'offered']],
  ['offered', ['info', 'offered']],
  ['release', ['end', 'released']],
  ['decline', ['end', 'declined']],
] as const);

/** Category `DHCP`: `DHCP server assigned 10.0.0.5 to laptop(00:00:5E:00:53:23)`. */
export function readDhcp(message: string, draft: EventDraft): boolean {
  const given = ASSIGNED.exec(message);
  const released = given ? null : RELEASED.exec(message);
  const dhcpd = given || released ? null : DHCPD.exec(message);
  const [word, address, mac, host] = given
    ? [given[1], given[2], given[4], given[3]]
    : released
      ? ['release', released[1], released[3], released[2]]
      : [dhcpd?.[1], dhcpd?.[2], dhcpd?.[3], dhcpd?.[4]];
  if (word === undefined) return false;
  const [type, action] = WORDS.get(word.toLowerCase() as 'ack') ?? ['info', word.toLowerCase()];
  setKind(draft, 'network', type, action);
  draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', address);
  draft.mac('source.mac', mac);
  draft.text('host.name', host);
  return true;
}

const TUNNEL =
  /\b(?:Dynamic )?Tunnel \[([^\]]{1,128})\].{0,64}?\b(built successfully|phase 2 pass|rekeyed successfully|is disconnected|was disconnected|deleted|no proposal chosen|phase 1 proposal mismatch)/i;

/** Categories `IKE` and `IPSec`: `Tunnel [merkez:0x12345678] built successfully`. */
export function readTunnel(message: string, draft: EventDraft): boolean {
  const m = TUNNEL.exec(message);
  if (!m) return false;
  const word = (m[2] as string).toLowerCase();
  const failed = /proposal/.test(word);
  const over = /disconnected|deleted/.test(word);
  setKind(draft, 'network', over ? 'end' : failed ? 'error' : 'start', word, failed ? 'failure' : undefined);
  draft.label('tunnel', m[1]);
  draft.text('event.reason', message);
  return true;
}
