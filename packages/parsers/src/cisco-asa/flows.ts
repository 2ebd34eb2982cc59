import type { EventDraft } from '../event/draft.ts';
import { dropIcmpPorts } from '../event/icmp.ts';
import { setKind } from '../event/kind.ts';
import { readClockDuration } from '../values/duration.ts';
import { type Endpoint, readEndpoint, setEndpoint } from './endpoint.ts';
import { type MessageReader, setUser } from './messages.ts';

const HEAD =
  /^(Built|Teardown) (?:(inbound|outbound|director|backup|forwarder) {1,2})?(?:(stub) )?(\w{1,12}) (?:(state-bypass) )?connection (?:(\d{1,20}) )?(?:for|from) /;
const TAIL = /^(\d{1,6}:\d{1,2}:\d{1,2}),? (?:forwarded )?(?:bytes )?(\d{1,16})(?: bytes)?,?(.{0,256})/;

/**
 * Connections that are not plain TCP, UDP or ICMP: GRE (302017, 302018), stubs of a cluster (302022–302027), SCTP
 * (302035, 302036), state bypass (302303–302306). Where no direction is written, `from` names who began, and after
 * `for` the server is the side with the lower port.
 */
export const readFlow: MessageReader = (text, draft) => {
  const head = HEAD.exec(text);
  if (!head) return false;
  const rest = text.slice(head[0].length);
  const to = rest.indexOf(' to ');
  const durationAt = rest.indexOf(' duration ', to);
  if (to < 0 || (head[1] === 'Teardown' && durationAt < 0)) return false;
  const first = readEndpoint(rest.slice(0, to));
  const secondText = rest.slice(to + 4, durationAt < 0 ? undefined : durationAt);
  const second = readEndpoint(secondText);
  const built = head[1] === 'Built';
  setKind(draft, 'network', built ? 'start' : 'end', head[1] as string);
  const [, , way, stub, transport, bypass, id] = head;
  const reversed = way === 'outbound' || (way !== 'inbound' && bypass === undefined && isServer(first, second));
  setEndpoint(draft, 'source', reversed ? second : first);
  setEndpoint(draft, 'destination', reversed ? first : second);
  if (way === 'inbound' || way === 'outbound') draft.event['network.direction'] = way;
  else draft.label('cluster_role', way);
  draft.label('connection', stub ?? bypass);
  draft.transport(transport);
  dropIcmpPorts(draft);
  draft.text('logmaster.session.id', id);
  return durationAt < 0 || readEnd(rest.slice(durationAt + 10), draft);
};

function isServer(first: Endpoint, second: Endpoint): boolean {
  return Number(first.port ?? 0) < Number(second.port ?? 0);
}

/** `0:00:30 bytes 245 Connection timeout (ayse)` */
function readEnd(text: string, draft: EventDraft): boolean {
  const tail = TAIL.exec(text);
  if (!tail) return false;
  draft.duration(readClockDuration(tail[1] as string));
  draft.long('network.bytes', tail[2]);
  const said = tail[3] as string;
  const open = said.lastIndexOf(' (');
  const user = open >= 0 && said.endsWith(')') ? said.slice(open + 2, -1) : undefined;
  if (draft.event['user.name'] === undefined) setUser(draft, user);
  draft.text('event.reason', (user === undefined ? said : said.slice(0, open)).trim());
  return true;
}

/** 805001, 805002: the hardware takes a flow over, and gives it back. */
export const readOffload: MessageReader = (text, draft) => {
  const m = /^(?:(Offloaded) )?(\w{1,12}) [Ff]low (?:is no longer offloaded )?for connection (\d{1,20}) from /.exec(
    text,
  );
  const to = m ? text.indexOf(' to ', m[0].length) : -1;
  if (!m || to < 0) return false;
  setKind(draft, 'network', 'info', m[1] ? 'offloaded' : 'no longer offloaded');
  draft.transport(m[2]);
  draft.text('logmaster.session.id', m[3]);
  setEndpoint(draft, 'source', readEndpoint(text.slice(m[0].length, to)));
  setEndpoint(draft, 'destination', readEndpoint(text.slice(to + 4)));
  return true;
};
