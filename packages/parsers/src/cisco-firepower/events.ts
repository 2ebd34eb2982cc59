import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setParties } from './parties.ts';

const CORRELATION = /^Correlation Event: (.{1,256}?) at (\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} \w{1,5}) ?:? ?/;
const DISCOVERY = /^<\*- (.{1,128}?) From "([^"]{1,255})" at (.{1,64}?) -\*> {0,8}/;
const ADDRESS = /IP Address: ([\da-fA-F.:]{2,45})/;
const MAC = /MAC(?: Address)?: ([\da-fA-F:-]{11,17})/;
const USER = /\bUser(?:name)?: (?:[^\s\\,]{1,64}\\)?([^\s,]{1,128})/;
const LOGIN = /^User (?:Login|Logoff)/;
const AUDIT = /^(?:([\w.-]{1,255}): )?([^\s@,]{1,128})@([\da-fA-F.:]{2,45}|localhost|Default User IP), (.{0,1024})$/;

/** The center ends these records with a line end and a zero, which relays write in these ways. */
const ENDING = /[\0 ]?(?:x0a|#012)[\0 ]?(?:x00|#000)?$/;

/** `Correlation Event: rule/policy at Thu Oct 23 04:55:39 2014 UTC: …`: the event behind it is read for itself. */
export function readCorrelation(text: string, draft: EventDraft): string | undefined {
  const m = CORRELATION.exec(text);
  if (!m) return undefined;
  const [name, policy] = cut(m[1] as string, '/');
  draft.label('correlation_rule', name);
  draft.label('correlation_policy', policy);
  setKind(draft, 'network', 'info', 'correlated');
  const inner = text.slice(m[0].length);
  setParties(draft, inner);
  return inner;
}

/** `<*- Client Update From "sensor" at Wed Jan 25 19:43:26 2023 UTC -*> IP Address: 10.1.1.5 Office Mobile` */
export function readDiscovery(text: string, draft: EventDraft): boolean {
  const m = DISCOVERY.exec(text);
  if (!m) return false;
  const said = text.slice(m[0].length);
  const login = LOGIN.test(m[1] as string);
  const type = !login ? 'info' : (m[1] as string).startsWith('User Logoff') ? 'end' : 'start';
  setKind(draft, login ? 'authentication' : 'host', type, m[1] as string);
  draft.label('sensor', m[2]);
  draft.ip('source.ip', ADDRESS.exec(said)?.[1]);
  draft.mac('source.mac', MAC.exec(said)?.[1]);
  if (login) draft.text('user.name', USER.exec(said)?.[1]);
  draft.label('discovered', said);
  return true;
}

/** `fmc: admin@10.1.1.5, Devices > Device Management, Page View`: what administrators did at the management center. */
export function readAudit(text: string, draft: EventDraft): boolean {
  const m = AUDIT.exec(text.replace(ENDING, ''));
  if (!m) return false;
  if (draft.event['observer.name'] === undefined) draft.text('observer.name', m[1]);
  draft.text('user.name', m[2]);
  if (/^[\da-fA-F.:]{2,45}$/.test(m[3] as string)) draft.ip('source.ip', m[3]);
  const said = m[4] as string;
  const at = said.lastIndexOf(', ');
  const [area, did] = at < 0 ? ['', said] : [said.slice(0, at), said.slice(at + 2)];
  draft.label('area', area);
  classifyAudit(draft, `${area} ${did}`, did);
  return true;
}

function classifyAudit(draft: EventDraft, said: string, did: string): void {
  if (/log ?out/i.test(said)) setKind(draft, 'authentication', 'end', did);
  else if (/log ?in\b|session expir/i.test(said)) {
    const failed = /fail|denied|invalid|unsuccessful/i.test(said);
    setKind(draft, 'authentication', /expir/i.test(said) ? 'end' : 'start', did, failed ? 'failure' : 'success');
  } else if (/\b(?:view|access)/i.test(did)) setKind(draft, 'configuration', 'access', did);
  else setKind(draft, 'configuration', 'change', did);
}

function cut(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
