import { readIscV4 } from '../dhcp-servers/isc.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';
import { type EventReader, readAttack } from './attacks.ts';
import { fireboxAccount } from './fields.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

const AUTHENTICATION = new RegExp(
  String.raw`^Authentication of (?:([\w ]{1,32}?) )?(?:user|client) \[([^\]]{1,128})\](?: from (${ADDRESS}))? (?:was )?(accepted|rejected|failed)(?:[,.] ?(.{1,256}))?`,
  'i',
);

/** 1100-…: `Authentication of Firewall user [ayse@Firebox-DB] from 10.0.1.2 was rejected, password is incorrect` */
const readAuthentication: EventReader = (said, draft) => {
  const m = AUTHENTICATION.exec(said);
  if (!m) return false;
  const word = (m[4] as string).toLowerCase();
  setKind(draft, 'authentication', 'start', word, word === 'accepted' ? 'success' : 'failure');
  draft.label('user_type', m[1]);
  fireboxAccount(draft, m[2] as string);
  draft.ip('source.ip', m[3]);
  draft.text('event.reason', m[5]?.replace(/\.$/, ''));
  return true;
};

const SESSION = new RegExp(
  String.raw`^([A-Za-z][\w ]{1,40}?) user (\S{1,128})(?: from (${ADDRESS}))?(?: has)? (logged in|logged out|log in attempt was rejected|login attempt was rejected|disconnected|connected)\.?(.{0,256})`,
  'i',
);
const VIRTUAL = new RegExp(`virtual IP(?: address)?(?: is|:)? (${ADDRESS})`, 'i');
const REAL = new RegExp(`real IP(?: address)?(?: is|:)? (${ADDRESS})`, 'i');

/** 3E00-…, 2500-…, 5000-…: `Mobile VPN with SSL user Bob logged in. Virtual IP address is 192.168.113.2. Real IP …` */
const readSession: EventReader = (said, draft) => {
  const m = SESSION.exec(said);
  if (!m) return false;
  const word = (m[4] as string).toLowerCase();
  const rejected = word.endsWith('rejected');
  const out = word === 'logged out' || word === 'disconnected';
  setKind(draft, 'authentication', out ? 'end' : 'start', word, out ? undefined : rejected ? 'failure' : 'success');
  draft.label('user_type', m[1]);
  fireboxAccount(draft, (m[2] as string).replace(/^['"]|['"]$/g, ''));
  const rest = m[5] as string;
  const real = withoutStop(REAL.exec(rest)?.[1]);
  const from = withoutStop(m[3]) ?? real;
  if (from !== undefined && canonicalIp(from) !== undefined) draft.ip('source.ip', from);
  const assigned = withoutStop(VIRTUAL.exec(rest)?.[1]);
  if (assigned !== '0.0.0.0') draft.label('assigned_ip', assigned);
  if (rejected) draft.text('event.reason', /- (.{1,200}?)\.?$/.exec(rest)?.[1]);
  return true;
};

const CHANGE = new RegExp(
  String.raw`^(?:Management user )?(\S{1,128}) from (${ADDRESS}) (added|modified|removed|deleted|changed) (.{1,256})`,
);

/** 0101-…: `Management user admin@Firebox-DB from 10.0.1.2 modified Blocked Sites Exceptions` */
const readChange: EventReader = (said, draft) => {
  const m = CHANGE.exec(said);
  if (!m) return false;
  const word = m[3] as string;
  setKind(
    draft,
    'configuration',
    word === 'added' ? 'creation' : /removed|deleted/.test(word) ? 'deletion' : 'change',
    word,
  );
  fireboxAccount(draft, m[1] as string);
  draft.ip('source.ip', m[2]);
  draft.label('object', m[4]);
  return true;
};

const TUNNEL = new RegExp(
  String.raw`from (${ADDRESS}?):(\d{1,5}) to (${ADDRESS}?):(\d{1,5}) (failed|succeeded|completed)`,
);

/** 0203-…: `IKE phase-1 negotiation from a:500 to b:500 failed. GatewayEndpoint='…' Reason=…` */
const readTunnel: EventReader = (said, draft) => {
  if (!/IKE|IPSec|BOVPN/.test(said.slice(0, 80))) return false;
  const m = TUNNEL.exec(said.slice(0, 256));
  if (!m) {
    if (!/ is (?:established|down)/.test(said)) return false;
    setKind(
      draft,
      'network',
      said.includes(' is down') ? 'end' : 'start',
      said.includes(' is down') ? 'down' : 'established',
    );
    const named = /tunnel '([^']{1,64})'.{0,128}? gateway '([^']{1,64})'/.exec(said.slice(0, 512));
    draft.label('tunnel', named?.[1]);
    draft.label('gateway', named?.[2]);
    return true;
  }
  setKind(
    draft,
    'network',
    m[5] === 'failed' ? 'error' : 'start',
    m[5] as string,
    m[5] === 'failed' ? 'failure' : 'success',
  );
  draft.ip('source.ip', m[1]);
  draft.port('source.port', m[2]);
  draft.ip('destination.ip', m[3]);
  draft.port('destination.port', m[4]);
  draft.text('event.reason', /Reason=(.{1,256}?)\.?$/.exec(said.slice(0, 512))?.[1]);
  return true;
};

const PEER = /\b(?:from|peer) (?:the peer )?((?:\d{1,3}\.){3}\d{1,3}|[\da-fA-F:]{2,45}(?=[ .,]))(?::(\d{1,5}))?/;
const GATEWAYS = new RegExp(String.raw`localgw:(${ADDRESS}?):(\d{1,5}) remotegw:(${ADDRESS}?):(\d{1,5})`);

/** 0203-…, 0206-…, 0208-…: who the other end of a negotiation is, and what became of it. */
const readPeer: EventReader = (said, draft) => {
  const head = said.slice(0, 512);
  if (!/^(?:Rejected|Dropped|Received XAuth|XAuth|BOVPN|MUVPN|IKE)/.test(head)) return false;
  const gateways = GATEWAYS.exec(head);
  const peer = gateways ? undefined : PEER.exec(head);
  if (!gateways && !peer) return false;
  const failed = /^(?:Rejected|Dropped)|fail/.test(head);
  const word = /^(Rejected|Dropped)|(completed|failed)/.exec(head)?.[0] ?? 'notified';
  setKind(draft, 'network', failed ? 'error' : 'start', word, failed ? 'failure' : 'success');
  // Who began it is the source.
  const ends = gateways ? [gateways.slice(1, 3), gateways.slice(3, 5)] : [[peer?.[1], peer?.[2]]];
  const [from, to] = gateways && !head.includes('as initiator') ? ends.reverse() : ends;
  draft.ip('source.ip', from?.[0]);
  draft.port('source.port', from?.[1]);
  draft.ip('destination.ip', to?.[0]);
  draft.port('destination.port', to?.[1]);
  draft.text('event.reason', /Reason=(.{1,256}?)\.?$/.exec(head)?.[1] ?? /\bbecause ([^.]{1,256})/.exec(head)?.[1]);
  return true;
};

const QUOTA = /^User (\S{1,128}) used \d/;

/** 3000-0065: `User ayse@Firebox-DB used 21 MB of the bandwidth quota (100 MB) …` */
const readQuota: EventReader = (said, draft) => {
  const m = QUOTA.exec(said);
  if (!m) return false;
  setKind(draft, 'session', 'info', 'quota');
  fireboxAccount(draft, m[1] as string);
  return true;
};

const LOCKED = /^User (\S{1,128}) is (locked|unlocked)(?: out| automatically)? ?([^.]{0,128})/;

/** 1100-0006, 1100-0007: `User ayse is locked out briefly after 3 login failures` */
const readLocked: EventReader = (said, draft) => {
  const m = LOCKED.exec(said);
  if (!m) return false;
  setKind(draft, 'iam', 'change', m[2] as string);
  fireboxAccount(draft, m[1] as string);
  draft.text('event.reason', m[3]);
  return true;
};

const READERS: readonly EventReader[] = [
  readAuthentication,
  readSession,
  readLocked,
  readChange,
  readIscV4,
  readTunnel,
  readPeer,
  readQuota,
  readAttack,
];

/** Event, alarm and diagnostic messages. False: the message keeps its id, level and text. */
export function readEvent(said: string, draft: EventDraft): boolean {
  return READERS.some((reader) => reader(said, draft));
}

function withoutStop(address: string | undefined): string | undefined {
  return address?.replace(/\.$/, '');
}
