import type { EventDraft } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';
import { readInfoblox } from './infoblox.ts';
import { setQuestion } from './question.ts';

/** Logging channels with `print-category` and `print-severity`: `queries: info: ` */
const CHANNEL = /^([a-z][a-z-]{2,24}): (?:(critical|error|warning|notice|info|debug \d{1,2}|debug|dynamic): )?/;
const LEVEL = /^(?:critical|error|warning|notice|info|debug|dynamic)$/;
/** `client @0x7f12 10.0.0.5#5353/key k (example.com): view internal: `; releases before 9.10 lack the `@` and the name. */
const CLIENT =
  /client (?:@0x[\da-f]{1,16} )?([\da-fA-F.:]{2,45})#(\d{1,5})(?:\/key [^ ]{1,255})?(?: \(([^)]{0,300})\))?:? (?:view ([^:]{1,64}): )?/;
/** `query: example.com IN A +E(0)K (192.0.2.53)`, `response: example.com IN A NOERROR +E(0)K` */
const QUERY =
  /^(query|response): ([^ ]{1,300}) ([A-Z]{2,8}\d{0,5}) ([A-Z][A-Z\d-]{0,15})(?: (?:([A-Z]{4,9}) )?([+-][^ ]{0,24}))?(?: \(([\da-fA-F.:]{2,45})\))?/;
/** `query (cache) 'example.com/A/IN' denied`, `update 'example.com/IN' denied` */
const DENIED =
  /^(query|update|zone transfer)(?: \(cache\))?(?: '([^'/]{1,300})(?:\/([A-Z][A-Z\d-]{0,15}))?\/[A-Z]{2}')? (denied|approved|allowed)/;
const FAILED = /^query failed \(([\w ]{1,32})\) for ([^ /]{1,300})\/[A-Z]{2}\/([A-Z\d-]{1,16})/;
/** `rpz QNAME NXDOMAIN rewrite bad.example/A/IN via bad.example.rpz.example`; old releases leave type and class out. */
const RPZ =
  /^(?:disabled )?rpz:? ([A-Z-]{2,16}) ([A-Z-]{2,24}) rewrite ([^ /]{1,300})(?:\/([A-Z\d-]{1,16})\/[A-Z]{2})? via ([^ ]{1,300})/;
/** `transfer of 'example.com/IN': AXFR started`, `updating zone 'example.com/IN': adding an RR at 'pc.example.com' A …` */
const ZONE =
  /^(transfer of|bad zone transfer request:|updating zone|received notify for zone) '([^'/]{1,300})(?:\/[A-Z]{2})?'(?:: (\w{1,16} (?:started|ended|\w{1,16})(?: RR| rrset)?)(?: at '([^']{1,300})' ([A-Z\d-]{1,16})(?: (.{1,256}))?)?)?/;
/** Of a server that was asked: `REFUSED unexpected RCODE resolving 'example.org/A/IN': 203.0.113.5#53` */
const RESOLVING =
  /^(?:([A-Z]{4,9}) )?(unexpected RCODE(?: \(\w{1,16}\))?|lame server|error \([a-z ]{1,48}\)|[a-z][a-z -]{2,48})? ?resolving '([^'/]{1,300})(?:\/([A-Z\d-]{1,16})\/[A-Z]{2})?'.{0,320}?: ([\da-fA-F.:]{2,45})#\d{1,5}/;

/** BIND 9 (Administrator Reference Manual, "The logging statement", query log). False: a remark without a client. */
export function readBind(text: string, draft: EventDraft): boolean {
  const channel = CHANNEL.exec(text);
  if (channel) {
    // `print-severity` without `print-category`.
    const isLevel = channel[2] === undefined && LEVEL.test(channel[1] as string);
    if (!isLevel) draft.label('category', channel[1]);
    const level = isLevel ? channel[1] : channel[2];
    if (level !== undefined) draft.event['log.level'] = levelWord(level.split(' ', 1)[0] as string);
  }
  if (readFormatError(text.slice(channel?.[0].length ?? 0, 1024), draft)) return true;
  const client = CLIENT.exec(text.slice(0, 1024));
  if (!client) return readResolving(text.slice(channel?.[0].length ?? 0, 1024), draft);
  const rest = text.slice(client.index + client[0].length);
  const sender = { client: client[1], clientPort: client[2] };
  draft.label('view', client[4]);
  return (
    readInfoblox(rest, sender, draft) || readQuery(rest, sender, draft) || readRefusal(rest, sender, client[3], draft)
  );
}

type Sender = { readonly client: string | undefined; readonly clientPort: string | undefined };

function readQuery(rest: string, sender: Sender, draft: EventDraft): boolean {
  const m = QUERY.exec(rest);
  if (!m) return false;
  const [, action = '', name, kind, type, code, flags, server] = m;
  setQuestion(draft, { action, name, type, ...sender, server, code });
  if (kind !== 'IN') draft.label('dns_class', kind);
  draft.label('flags', flags);
  if (flags?.includes('T')) draft.transport('tcp');
  else if (flags !== undefined && action === 'query') draft.transport('udp');
  return true;
}

function readRefusal(rest: string, sender: Sender, asked: string | undefined, draft: EventDraft): boolean {
  const denied = DENIED.exec(rest);
  const failed = denied ? null : FAILED.exec(rest);
  const rpz = denied || failed ? null : RPZ.exec(rest);
  if (denied) setQuestion(draft, { action: `${denied[1]} ${denied[4]}`, name: denied[2], type: denied[3], ...sender });
  else if (failed)
    setQuestion(draft, { action: 'query failed', name: failed[2], type: failed[3], code: failed[1], ...sender });
  else if (rpz) {
    setQuestion(draft, { action: `rpz ${rpz[2]}`.toLowerCase(), name: rpz[3], type: rpz[4], ...sender });
    draft.event['event.type'] = rpz[2] === 'PASSTHRU' ? 'allowed' : 'denied';
    draft.text('rule.name', rpz[5]);
    draft.text('rule.category', rpz[1]);
  } else if (!readZone(rest, sender, draft)) setQuestion(draft, { action: 'client', name: asked, ...sender });
  return true;
}

function readZone(rest: string, sender: Sender, draft: EventDraft): boolean {
  const m = ZONE.exec(rest);
  if (!m) return false;
  const [, what = '', zone, step, name, type, data] = m;
  const action = /transfer/.test(what) ? 'zone transfer' : what.startsWith('updating') ? 'update' : 'notify';
  setQuestion(draft, { action, name: name ?? zone, type, answer: data, ...sender });
  draft.label('zone', zone);
  draft.text('event.reason', step);
  return true;
}

/** `DNS format error from 203.0.113.5#53 resolving www.example.com/A for client 10.0.0.5#1000: invalid response` */
const FORMAT_ERROR =
  /^DNS format error from ([\da-fA-F.:]{2,45})#\d{1,5} resolving ([^ /]{1,300})\/([A-Z\d-]{1,16})(?: for (?:client )?([\da-fA-F.:]{2,45})#(\d{1,5})|(?: for <unknown>)?): (.{1,256})/;

function readFormatError(rest: string, draft: EventDraft): boolean {
  const m = rest.startsWith('DNS format error') ? FORMAT_ERROR.exec(rest) : null;
  if (!m) return false;
  const [, server, name, type, client, clientPort, reason] = m;
  setQuestion(draft, { action: 'format error', name, type, server, client, clientPort });
  draft.text('event.reason', reason);
  return true;
}

function readResolving(rest: string, draft: EventDraft): boolean {
  const m = RESOLVING.exec(rest);
  if (!m) return false;
  setQuestion(draft, { action: m[2] ?? 'resolving', name: m[3], type: m[4], server: m[5], code: m[1] });
  return true;
}
