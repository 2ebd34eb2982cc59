import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { verdictOf } from '../values/verdict.ts';

/** `10.0.0.5:53211->203.0.113.53:53(UDP)`, each end with its interface in newer versions. */
const ENDS = /^([\da-fA-F.:[\]]{2,64})(?:\(([^()]{1,64})\))?->([\da-fA-F.:[\]]{2,64})(?:\(([^()]{1,64})\))?$/;
const TRANSPORTS = new Set(['TCP', 'UDP', 'ICMP', 'ICMPV6', 'GRE', 'ESP', 'AH', 'IGMP', 'SCTP', 'OSPF', 'IPV6-ICMP']);
/** Between facts; of `2026-11-23 19:56:31. close time` the point. */
const BETWEEN = /, ?|\. (?=close time )/;
const MAX_FACTS = 64;

type Setter = (draft: EventDraft, value: string) => void;

const endOf = (side: 'source.nat' | 'destination.nat'): Setter => {
  return (draft, value) => {
    const end = readEndpoint(value);
    draft.ip(`${side}.ip`, end?.ip ?? value);
    draft.port(`${side}.port`, end?.port);
  };
};

/** `ayse@local`, `-@-`, `-@UNKNOWN`: the server that knows the user behind the sign. */
function setUser(draft: EventDraft, value: string): void {
  const at = value.lastIndexOf('@');
  draft.text('user.name', at < 0 ? value : value.slice(0, at));
  const server = at < 0 ? '' : value.slice(at + 1);
  if (server !== 'UNKNOWN') draft.label('user_server', server);
}

/** `trust to untrust` */
function setZones(draft: EventDraft, value: string): void {
  const [from, to] = value.split(' to ');
  draft.text('observer.ingress.zone', from);
  draft.text('observer.egress.zone', to);
}

/** What a fact begins with. Longer ones first where one begins another. */
const FACTS: readonly (readonly [name: string, set: Setter])[] = [
  ['application ', (draft, value) => draft.lower('network.application', value)],
  ['interface ', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['vr ', (draft, value) => draft.label('vr', value)],
  ['policyid ', (draft, value) => draft.text('rule.id', value)],
  ['policy ', (draft, value) => (/^\d/.test(value) ? draft.text('rule.id', value) : draft.label('policy', value))],
  ['ruleid ', (draft, value) => draft.text('rule.id', value)],
  ['rule ', (draft, value) => draft.text('rule.id', value)],
  ['user ', setUser],
  ['host ', (draft, value) => draft.text('host.name', value)],
  ['mac ', (draft, value) => draft.mac('source.mac', value)],
  ['zone from ', setZones],
  ['send packets ', (draft, value) => draft.long('source.packets', value)],
  ['send bytes ', (draft, value) => draft.long('source.bytes', value)],
  ['receive packets ', (draft, value) => draft.long('destination.packets', value)],
  ['receive bytes ', (draft, value) => draft.long('destination.bytes', value)],
  ['snat to ', endOf('source.nat')],
  ['dnat to ', endOf('destination.nat')],
  ['Protocol ', (draft, value) => draft.transport(value)],
  ['protocol ', (draft, value) => draft.transport(value)],
  ['srcip ', (draft, value) => draft.ip('source.ip', value)],
  ['srcport ', (draft, value) => draft.port('source.port', value)],
  ['dstip ', (draft, value) => draft.ip('destination.ip', value)],
  ['dstport ', (draft, value) => draft.port('destination.port', value)],
];

/** What is over, or what happened, without a name before it. */
const ENDINGS: ReadonlyMap<string, 'start' | 'end' | 'denied'> = new Map([
  ['session start', 'start'],
  ['policy session start', 'start'],
  ['session end', 'end'],
  ['policy session end', 'end'],
  ['policy deny', 'denied'],
  ['session deny', 'denied'],
]);

/** `SESSION: …`, `NAT: …` and the older form of both, `srcip …, srcport …`. The result: when the session began. */
export function readFlow(text: string, draft: EventDraft): WrittenTime | undefined {
  const kind = /^(\w{1,24}): /.exec(text)?.[1];
  const facts = text.slice(kind === undefined ? 0 : kind.length + 2).split(BETWEEN, MAX_FACTS);
  const isNat = kind === 'NAT' || facts.some((fact) => fact.startsWith('nattype '));
  setKind(draft, 'network', isNat ? 'start' : 'info', isNat ? 'nat' : (kind ?? 'flow').toLowerCase());
  const times = new Map<string, WrittenTime | undefined>();
  const nat = new Map<string, string>();
  for (const [index, fact] of facts.entries()) {
    const isEnds = index === 0 && fact.includes('->');
    if (isEnds) setEnds(draft, fact);
    else if (!setTime(times, fact) && !keepNat(nat, fact)) setFact(draft, fact);
  }
  setOldNat(draft, nat);
  if (draft.event['source.ip'] === undefined && draft.errors.length === 0) draft.fail('source.ip', 'no address');
  addTotals(draft);
  const [begun, over] = [times.get('start'), times.get('close')];
  if (begun && over && over.local >= begun.local) draft.duration((over.local - begun.local) * 1000);
  return begun;
}

function setEnds(draft: EventDraft, fact: string): void {
  const open = fact.lastIndexOf('(');
  const inside = open < 0 ? '' : fact.slice(open + 1, -1);
  const isTransport = TRANSPORTS.has(inside.toUpperCase()) || /^(?:IP-)?\d{1,3}$/.test(inside);
  const ends = ENDS.exec(isTransport ? fact.slice(0, open) : fact);
  const [source, destination] = [readEndpoint(ends?.[1] ?? ''), readEndpoint(ends?.[3] ?? '')];
  if (!source || !destination) {
    draft.fail('source.ip', 'not two addresses');
    return;
  }
  draft.ip('source.ip', source.ip);
  draft.port('source.port', source.port);
  draft.ip('destination.ip', destination.ip);
  draft.port('destination.port', destination.port);
  draft.text('observer.ingress.interface.name', ends?.[2]);
  draft.text('observer.egress.interface.name', ends?.[4]);
  if (isTransport) draft.transport(inside.replace(/^IP-/, '').toLowerCase());
}

function setTime(times: Map<string, WrittenTime | undefined>, fact: string): boolean {
  const time = /^(start|close) time (.{19})/.exec(fact);
  if (!time) return false;
  times.set(time[1] as string, readTime(time[2] as string, 0)?.time);
  return true;
}

/** The older form says which side is translated before it says to what. */
function keepNat(nat: Map<string, string>, fact: string): boolean {
  const m = /^(nattype|transip|transport) (\S{1,64})$/.exec(fact);
  if (m) nat.set(m[1] as string, m[2] as string);
  return m !== null;
}

function setOldNat(draft: EventDraft, nat: ReadonlyMap<string, string>): void {
  if (nat.size === 0) return;
  const side = nat.get('nattype') === 'dnat' ? 'destination' : 'source';
  draft.ip(`${side}.nat.ip`, nat.get('transip'));
  draft.port(`${side}.nat.port`, nat.get('transport'));
}

function setFact(draft: EventDraft, written: string): void {
  const fact = written.trim().replace(/^action: /, '');
  if (fact === '') return;
  const ending = ENDINGS.get(fact.toLowerCase());
  if (ending !== undefined) {
    draft.event['event.type'] = ending;
    draft.event['event.action'] = fact.toLowerCase();
    return;
  }
  const known = FACTS.find(([name]) => fact.startsWith(name));
  if (known) known[1](draft, fact.slice(known[0].length).trim());
  else if (draft.event['event.type'] === 'end') draft.text('event.reason', fact);
  else setVerdict(draft, fact);
}

/** `policy permit`; what else nobody has a name for stays with the others. */
function setVerdict(draft: EventDraft, fact: string): void {
  const verdict = verdictOf(fact);
  if (verdict === undefined) draft.label('fact', fact);
  else {
    draft.event['event.type'] = verdict;
    draft.event['event.action'] = fact.toLowerCase();
  }
}
