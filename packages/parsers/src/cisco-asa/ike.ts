import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { compileWording } from '../wording/wording.ts';
import { type MessageReader, setHost, setUser } from './messages.ts';
import { setSlot } from './slots.ts';

/** `Group = g, Username = u, IP = a, `: any of them may be missing. */
const PREFIX = /(Group|Username|IP) = ([^,]{0,128}), ?/y;
/** `Local:a:500 Remote:b:500 Username:u `, with blanks after the colons in some versions. */
const ENDS = /^Local: ?(\S{1,134}) Remote: ?(\S{1,134}) Username: ?(\S{1,256})(?: |$)/;
const ASSIGNED = compileWording(
  '[IKEv2 ]Group:{group} IPv4 Address={assigned_ip} IPv6 address={assigned_ipv6} assigned to session',
);
const PRIVATE_ADDRESS = /^Assigned private IP address ([\da-fA-F.:]{2,45}) to remote user/;
const FAILED = /fail|abort|unacceptable|error|mismatch|invalid|denied|rejected|no match|not found|expired/i;
const STARTED =
  /negotiation complete|PHASE [12] COMPLETED|SA UP|authenticated|was successful at setting up|Received request to establish|created/i;
const ENDED = /terminated|torn down|SA DOWN|lost contact|delet|disconnect/i;

/** 713xxx, 714xxx, 715xxx: IKEv1. */
export const readIke: MessageReader = (text, draft) => {
  PREFIX.lastIndex = 0;
  let at = 0;
  for (let m = PREFIX.exec(text); m; m = PREFIX.exec(text)) {
    at = PREFIX.lastIndex;
    if (m[1] === 'Group') draft.text('user.group.name', m[2]);
    else if (m[1] === 'Username') setUser(draft, m[2]);
    else setHost(draft, 'source', m[2]);
  }
  // A tunnel between sites is named after the peer's address.
  const { event } = draft;
  if (event['user.group.name'] === event['source.ip']) draft.drop('user.group.name');
  classify(text.slice(at), draft);
  return true;
};

/** 750xxx–752xxx: IKEv2. The ASA is `Local`, its peer `Remote`. Texts without both keep their words. */
export const readIkev2: MessageReader = (text, draft) => {
  const m = ENDS.exec(text);
  if (!m) {
    classify(text, draft);
    return true;
  }
  setSide(draft, 'destination', m[1] as string);
  setSide(draft, 'source', m[2] as string);
  if (m[3] !== 'Unknown') setUser(draft, m[3]);
  const said = text.slice(m[0].length);
  const assigned = ASSIGNED.read(said, (name, value) => {
    // `invalid-addr-2-0.0.0.0` where none was given.
    if (!value.startsWith('invalid')) setSlot(draft, name, value);
  });
  if (assigned) setKind(draft, 'authentication', 'start', 'assigned');
  else classify(said, draft);
  return true;
};

/** `10.1.1.5:500`, `2001:db8::5:500`: the port is behind the last colon. */
function setSide(draft: EventDraft, side: 'source' | 'destination', text: string): void {
  const colon = text.lastIndexOf(':');
  setHost(draft, side, text.slice(0, colon < 0 ? undefined : colon));
  if (colon >= 0) draft.port(`${side}.port`, text.slice(colon + 1));
}

function classify(said: string, draft: EventDraft): void {
  const { event } = draft;
  const category = event['user.name'] === undefined ? 'network' : 'authentication';
  const address = PRIVATE_ADDRESS.exec(said)?.[1];
  if (address !== undefined) {
    setKind(draft, 'authentication', 'start', 'assigned');
    draft.label('assigned_ip', address);
  } else if (FAILED.test(said)) {
    setKind(draft, category, 'error', 'negotiation failed');
    event['event.outcome'] = 'failure';
  } else if (ENDED.test(said)) setKind(draft, category, 'end', 'terminated');
  else if (STARTED.test(said)) {
    setKind(draft, category, 'start', 'established');
    event['event.outcome'] = 'success';
  } else setKind(draft, category, 'info', 'negotiation');
  const reason = /(?:Reason|ERROR|Error): ?(.{1,200}?)\.?(?: {1,2}Remote Proxy|$)/.exec(said)?.[1];
  draft.text('event.reason', reason ?? (event['event.outcome'] === 'failure' ? said.slice(0, 200) : undefined));
}
