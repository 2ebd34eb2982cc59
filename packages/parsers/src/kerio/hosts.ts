import type { EventDraft } from '../event/draft.ts';
import { setKind, setSignIn } from '../event/kind.ts';
import type { Kind } from '../wording/says.ts';
import { readBrackets } from './connections.ts';

/** What the host log says behind the dash, in small letters. */
const KINDS: readonly (readonly [mark: RegExp, kind: Kind])[] = [
  [/^user \S{1,128} logged out|^user logged out/, ['authentication', 'end', 'logout']],
  [/^user (?:\S{1,128} )?logged in/, ['authentication', 'start', 'login', 'success']],
  [/leased from dhcp/, ['network', 'start', 'assigned']],
  [/lease renewed|renewed from dhcp/, ['network', 'info', 'renewed']],
  [/lease (?:expired|released)|released (?:from|to) dhcp/, ['network', 'end', 'released']],
  [/^host registered/, ['session', 'start', 'host registered']],
  [/^host removed/, ['session', 'end', 'host removed']],
];
/** `00-00-5E-00-53-10 (Apple)` */
const MAC = /^([\dA-Fa-f:.-]{12,17})(?: \((.{1,128})\))?/;
const DASH = /(?:^| )- /;

/**
 * Host log, who is on the network: `[IPv4] 10.10.30.81 [MAC] … (Apple) [Hostname] pc-ayse - IP address leased from DHCP`.
 * Of a host with both addresses the IPv4 one is its own, the IPv6 one a label.
 */
export function readHost(text: string, draft: EventDraft): void {
  const { pairs } = readBrackets(text);
  const names = [...pairs.keys()];
  const last = names.at(-1);
  const written = last === undefined ? '' : (pairs.get(last) as string);
  const dash = DASH.exec(written);
  const said = dash ? written.slice(dash.index + dash[0].length) : '';
  if (last !== undefined && dash) pairs.set(last, written.slice(0, dash.index));
  const kind = KINDS.find(([mark]) => mark.test(said.toLowerCase()))?.[1] ?? (['host', 'info', 'host'] as const);
  setKind(draft, ...kind);
  if (/dhcp|lease/i.test(said)) draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', pairs.get('IPv4') ?? pairs.get('IPv6'));
  if (pairs.has('IPv4')) draft.label('ipv6', pairs.get('IPv6'));
  const mac = MAC.exec(pairs.get('MAC') ?? '');
  draft.mac('source.mac', mac?.[1]);
  draft.label('mac_vendor', mac?.[2]);
  draft.text('host.name', pairs.get('Hostname'));
  draft.text('user.name', pairs.get('User') ?? /^User (\S{1,128}) logged out/.exec(said)?.[1]);
}

const SESSION =
  /^(\S{1,128}) - session (opened|closed) for host ([\da-fA-F.:]{2,45}?)\.?(?: |$)(?:User-Agent: ?(.{1,1024}))?/;
const FAILED = /^Authentication: ([\w ]{1,32}): Client: ([\da-fA-F.:]{2,45}): (.{1,512})$/;

/** Sign-ins of administrators (config log), and those that failed (security log). False: it is neither. */
export function readSignIn(text: string, draft: EventDraft): boolean {
  const session = SESSION.exec(text);
  if (session) {
    setSignIn(draft, session[2] === 'opened');
    draft.text('user.name', session[1]);
    draft.ip('source.ip', session[3]);
    draft.text('user_agent.original', session[4]);
    return true;
  }
  const failed = FAILED.exec(text);
  if (!failed) return false;
  setKind(draft, 'authentication', 'start', 'login failed', 'failure');
  draft.label('service', failed[1]);
  draft.ip('source.ip', failed[2]);
  draft.text('event.reason', failed[3]);
  return true;
}
