import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readClockDuration } from '../values/duration.ts';
import { accountOf, type MappedPlace, placeOf, setMapped, setPlace } from './endpoint.ts';
import { ENDPOINT, HOST, IDENTITY, type MessageReader, setHost, setMappedHost, setUser } from './messages.ts';

const MAPPED = String.raw`(?: ?\((${HOST})\/(\d{1,5})\))?`;
const BUILT = new RegExp(
  String.raw`^Built (inbound|outbound) (?:Probe )?(\w+) connection (\d{1,20}) for ${ENDPOINT}${IDENTITY}${MAPPED}${IDENTITY}` +
    ` to ${ENDPOINT}${IDENTITY}${MAPPED}${IDENTITY}${IDENTITY}`,
);
/** A user behind a side as ASA 8 wrote it, without parentheses. */
const NAMED = String.raw`(?: (?!to |duration )([^\s()]{1,64}))?`;
const TEARDOWN = new RegExp(
  String.raw`^Teardown (?:Probe )?(\w+) connection (\d{1,20}) for ${ENDPOINT}${IDENTITY}${NAMED} to ${ENDPOINT}${IDENTITY}${NAMED}` +
    String.raw` duration (\d{1,6}:\d{1,2}:\d{1,2}) bytes (\d{1,16})(?: ([^(]{1,128}))?${IDENTITY}`,
);
const ICMP = new RegExp(
  String.raw`^(Built|Teardown) (?:(inbound|outbound) )?ICMP connection (?:(\d{1,20}) )?for faddr (${HOST})\/(\d{1,5})${IDENTITY}` +
    String.raw` gaddr (${HOST})\/\d{1,5} laddr (${HOST})\/(\d{1,5})${IDENTITY}`,
);

interface Side extends MappedPlace {
  readonly user: string | undefined;
}

/**
 * 302013, 302015: `Built outbound TCP connection 7 for outside:<server> (mapped) to inside:<client> (mapped) (user)`.
 * Cisco names the side of the lower security level first, so an inbound connection is written `client … to server`.
 */
export const readBuilt: MessageReader = (text, draft) => {
  const m = BUILT.exec(text);
  if (!m) return false;
  const first: Side = { ...placeOf(m, 4), user: m[7] ?? m[10], mappedHost: m[8], mappedPort: m[9] };
  const second: Side = { ...placeOf(m, 11), user: m[14] ?? m[17], mappedHost: m[15], mappedPort: m[16] };
  setKind(draft, 'network', 'start', 'built');
  draft.event['network.direction'] = m[1] as string;
  setSides(draft, m[1] === 'inbound' ? first : second, m[1] === 'inbound' ? second : first, m[18]);
  draft.transport(m[2]);
  draft.text('logmaster.session.id', m[3]);
  return true;
};

/**
 * 302014, 302016: the same two sides without direction. The server is taken to be the side with the lower port;
 * with equal ports the first one, as in outbound connections.
 */
export const readTeardown: MessageReader = (text, draft) => {
  const m = TEARDOWN.exec(text);
  if (!m) return false;
  const first: Side = { ...placeOf(m, 3), user: m[6] ?? m[7] };
  const second: Side = { ...placeOf(m, 8), user: m[11] ?? m[12] };
  const inbound = Number(first.port) > Number(second.port);
  setKind(draft, 'network', 'end', 'teardown');
  setSides(draft, inbound ? first : second, inbound ? second : first, m[16]);
  draft.transport(m[1]);
  draft.text('logmaster.session.id', m[2]);
  draft.duration(readClockDuration(m[13] as string));
  draft.long('network.bytes', m[14]);
  draft.text('event.reason', m[15]?.trim());
  return true;
};

/** 302020, 302021: foreign, global (mapped) and local address; the port places hold ICMP id and type. */
export const readIcmp: MessageReader = (text, draft) => {
  const m = ICMP.exec(text);
  if (!m) return false;
  const built = m[1] === 'Built';
  setKind(draft, 'network', built ? 'start' : 'end', m[1] as string);
  draft.transport('icmp');
  draft.text('logmaster.session.id', m[3]);
  draft.text('network.direction', m[2]);
  // Who asked wrote its id where the other side has 0.
  const began = m[2] === 'inbound' || (m[2] === undefined && Number(m[5]) > 0 && Number(m[9]) === 0);
  const [local, foreign] = began ? (['destination', 'source'] as const) : (['source', 'destination'] as const);
  setHost(draft, foreign, m[4]);
  setHost(draft, local, m[8]);
  if (m[7] !== m[8]) setMappedHost(draft, local, m[7]);
  setUser(draft, m[10] ?? m[6]);
  return true;
};

function setSides(draft: EventDraft, source: Side, destination: Side, user: string | undefined): void {
  setPlace(draft, 'source', source);
  setPlace(draft, 'destination', destination);
  setMapped(draft, 'source', source);
  setMapped(draft, 'destination', destination);
  setUser(draft, source.user ?? user);
  draft.text('destination.user.name', accountOf(destination.user));
}
