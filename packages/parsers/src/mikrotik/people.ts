import type { EventDraft } from '../event/draft.ts';

function setKind(draft: EventDraft, category: string, type: string, action: string, outcome?: string): void {
  const { event } = draft;
  event['event.category'] = category;
  event['event.type'] = type;
  event['event.action'] = action;
  if (outcome !== undefined) event['event.outcome'] = outcome;
}

const LEASE =
  /^(\S{1,64}) (assigned|deassigned) ([\da-fA-F.:]{2,45}) (?:to|for|from) ([\da-fA-F:]{17})(?: (.{1,128}))?$/;

/** `dhcp1 assigned 10.0.0.5 for AA:BB:CC:DD:EE:FF laptop` (RouterOS 7), `… to AA:…` (6). */
export function readLease(text: string, draft: EventDraft): boolean {
  const m = LEASE.exec(text);
  if (!m) return false;
  const assigned = m[2] === 'assigned';
  setKind(draft, 'network', assigned ? 'start' : 'end', assigned ? 'assigned' : 'released');
  draft.event['network.protocol'] = 'dhcp';
  draft.label('dhcp_server', m[1]);
  draft.ip('source.ip', m[3]);
  draft.mac('source.mac', m[4]);
  draft.text('host.name', m[5]);
  return true;
}

const HOTSPOT =
  /^(?:->: )?(.{1,128}?) \(([\da-fA-F.:]{2,45})\): (logged in|logged out|login failed|trying to log in)(?: by [\w-]{1,32})?(?:: (.{1,256}))?/;

/** `ayse (10.5.0.9): logged out: keepalive timeout` */
export function readHotspot(text: string, draft: EventDraft): boolean {
  const m = HOTSPOT.exec(text);
  if (!m) return false;
  const said = m[3] as string;
  if (said === 'logged out') setKind(draft, 'authentication', 'end', said);
  else if (said === 'trying to log in') setKind(draft, 'authentication', 'info', said);
  else setKind(draft, 'authentication', 'start', said, said === 'logged in' ? 'success' : 'failure');
  // A login by MAC carries the MAC as its user.
  draft.text('user.name', m[1]);
  draft.ip('source.ip', m[2]);
  draft.text('event.reason', m[4]);
  return true;
}

const ADMIN =
  /^(?:user (.{1,128}?) (logged in|logged out)|(login failure) for user (.{0,128}?)) (?:from ([\da-fA-F.:]{2,45}) )?via ([\w -]{1,32})/;

/** `user admin logged in from 10.0.0.5 via winbox`, `login failure for user root from 203.0.113.9 via ssh` */
export function readAdmin(text: string, draft: EventDraft): boolean {
  const m = ADMIN.exec(text);
  if (!m) return false;
  const said = (m[2] ?? m[3]) as string;
  if (said === 'logged out') setKind(draft, 'authentication', 'end', said);
  else setKind(draft, 'authentication', 'start', said, said === 'logged in' ? 'success' : 'failure');
  draft.text('user.name', m[1] ?? m[4]);
  draft.ip('source.ip', m[5]);
  draft.text('network.protocol', m[6]);
  return true;
}

const PPP_ACCOUNT = /^(.{1,128}?) logged (in|out), ([\d.a-fA-F:]{1,45})(?: from ([\da-fA-F.:]{2,45}))?/;
const PPP_STATE =
  /^<([^>]{1,128})>: (authenticated|connected|disconnected|terminating|(?:user )?authentication failed)(?:.{0,3}?- (.{1,128}))?/;

/** `ayse logged in, 10.8.0.5 from AA:BB:…` (account), `<pppoe-ayse>: connected` (state of the tunnel). */
export function readPpp(text: string, draft: EventDraft): boolean {
  const account = PPP_ACCOUNT.exec(text);
  if (account) {
    const entered = account[2] === 'in';
    setKind(
      draft,
      'authentication',
      entered ? 'start' : 'end',
      `logged ${account[2]}`,
      entered ? 'success' : undefined,
    );
    draft.text('user.name', account[1]);
    if (entered) setCaller(draft, account[3], account[4]);
    // `logged out, <seconds> <bytes in> <bytes out> <packets in> <packets out>`
    else setTotals(draft, text.slice(text.indexOf(', ') + 2).split(' ', 5));
    return true;
  }
  const state = PPP_STATE.exec(text);
  if (!state) return false;
  const failed = (state[2] as string).endsWith('failed');
  const ended = state[2] === 'disconnected' || state[2] === 'terminating';
  setKind(
    draft,
    'authentication',
    ended ? 'end' : 'start',
    state[2] as string,
    ended ? undefined : failed ? 'failure' : 'success',
  );
  draft.text('user.name', (state[1] as string).replace(/^(?:pppoe|l2tp|pptp|sstp|ovpn)-/, ''));
  draft.text('event.reason', state[3]);
  return true;
}

function setCaller(draft: EventDraft, address: string | undefined, caller: string | undefined): void {
  draft.ip('source.ip', address);
  if (caller === undefined) return;
  if (caller.length === 17 && !caller.includes('.')) draft.mac('source.mac', caller);
  else draft.label('caller', caller);
}

function setTotals(draft: EventDraft, [seconds, received, sent, packetsIn, packetsOut]: readonly string[]): void {
  draft.seconds(seconds);
  draft.long('source.bytes', received);
  draft.long('destination.bytes', sent);
  draft.long('source.packets', packetsIn);
  draft.long('destination.packets', packetsOut);
}
