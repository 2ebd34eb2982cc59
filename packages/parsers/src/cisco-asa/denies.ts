import { dropIcmpPorts, isIcmp } from '../event/icmp.ts';
import { setKind } from '../event/kind.ts';
import { placeOf, readEndpoint, setEndpoint, setPlace } from './endpoint.ts';
import { ENDPOINT, HOST, IDENTITY, type MessageReader, setUser } from './messages.ts';

/** Each side is an endpoint, with interface or without; `(0.0.0.0)` in 106016. */
const FROM_TO = / from \(?([^\s()]{1,200}\)?(?: ?\([^()]{1,128}\))?) to (\S{1,200})/;
const SOURCE_DESTINATION = new RegExp(
  String.raw` src ${ENDPOINT}${IDENTITY} (?:dst|dest) ${ENDPOINT}${IDENTITY}(?:,? ?\(?type (\d{1,3}), code (\d{1,3})\)?)?`,
);
const LIST = /by (?:access-group|outbound list) "?([^"\s]{1,128})"?/;
const INTERFACE = /on interface (\S{1,64})/;
const PROTOCOL = /^(?:Inbound |Deny inbound |Deny |)(?:\(No xlate\) )?(?:protocol )?(\w{1,12})\b/i;
const FLAGS = / flags ([A-Z ]{2,40}?) {1,2}on /;
const REASON =
  /(due to [^:]{1,80}?(?= from |$)|\(no connection\)|\(No xlate\)|reverse path check|connection spoof|IP spoof|teardrop fragment|IP options:? "?[^"]{1,40})/;

/** 106001–106023, 710003: denies, in the dozen wordings Cisco has for them. */
export const readDeny: MessageReader = (text, draft) => {
  const sides = SOURCE_DESTINATION.exec(text);
  const plain = sides ? null : FROM_TO.exec(text);
  if (!sides && !plain) return false;
  setKind(draft, 'network', 'denied', 'deny');
  if (sides) {
    setPlace(draft, 'source', placeOf(sides, 1));
    setUser(draft, sides[4]);
    setPlace(draft, 'destination', placeOf(sides, 5));
    draft.label('icmp_type', sides[9]);
    draft.label('icmp_code', sides[10]);
  } else if (plain) {
    setEndpoint(draft, 'source', readEndpoint((plain[1] as string).replace(/^([^\s(]+)\)$/, '$1')));
    setEndpoint(draft, 'destination', readEndpoint((plain[2] as string).replace(/[.,)]$/, '')));
    draft.text('observer.ingress.interface.name', INTERFACE.exec(text)?.[1]);
  }
  const protocol = PROTOCOL.exec(text)?.[1]?.toLowerCase();
  // `Deny IP spoof`, `Deny IP from`: any protocol.
  if (protocol !== undefined && protocol !== 'ip') draft.transport(protocol);
  draft.text('rule.name', LIST.exec(text)?.[1]);
  draft.label('tcp_flags', FLAGS.exec(text)?.[1]);
  draft.text(
    'event.reason',
    REASON.exec(text)?.[1]
      ?.replace(/[()":]/g, '')
      .trim(),
  );
  if (/^Inbound |inbound /.test(text)) draft.event['network.direction'] = 'inbound';
  return true;
};

const ACCESS_LIST = new RegExp(
  String.raw`^access-list (\S{1,128}) (permitted|denied|est-allowed) (\w{1,12}) (?:for user '?([^\s']{1,128})'? )?([^\s/]{1,64})\/(${HOST})\((\d{1,5})\)${IDENTITY}` +
    String.raw` -> ([^\s/]{1,64})\/(${HOST})\((\d{1,5})\)${IDENTITY} hit-cnt (\d{1,10})`,
);

/** 106100, 106102, 106103: hits of one access list entry, over the interval its text names. */
export const readAccessList: MessageReader = (text, draft) => {
  const m = ACCESS_LIST.exec(text);
  if (!m) return false;
  setKind(draft, 'network', m[2] === 'denied' ? 'denied' : 'allowed', m[2] as string);
  draft.text('rule.name', m[1]);
  draft.transport(m[3]);
  setPlace(draft, 'source', placeOf(m, 5));
  setUser(draft, m[8] ?? m[4]);
  setPlace(draft, 'destination', placeOf(m, 9));
  if (isIcmp(draft)) {
    dropIcmpPorts(draft);
    draft.label('icmp_type', m[7]);
    draft.label('icmp_code', m[11]);
  }
  draft.label('hit_count', m[13]);
  return true;
};
