import type { EventDraft } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';
import { setQuestion } from './question.ts';

/** Logging channels with `print-category` and `print-severity`: `queries: info: ` */
const CHANNEL = /^([a-z][a-z-]{2,24}): (critical|error|warning|notice|info|debug \d{1,2}|debug|dynamic): /;
/** `client @0x7f12 10.0.0.5#5353/key k (example.com): view internal: `; releases before 9.10 lack the `@` and the name. */
const CLIENT =
  /client (?:@0x[\da-f]{1,16} )?([\da-fA-F.:]{2,45})#(\d{1,5})(?:\/key [^ ]{1,255})?(?: \(([^)]{0,300})\))?: (?:view ([^:]{1,64}): )?/;
/** `query: example.com IN A +E(0)K (192.0.2.53)`, `response: example.com IN A NOERROR +E(0)K` */
const QUERY =
  /^(query|response): ([^ ]{1,300}) ([A-Z]{2,8}\d{0,5}) ([A-Z][A-Z\d-]{0,15})(?: (?:([A-Z]{4,9}) )?([+-][^ ]{0,24}))?(?: \(([\da-fA-F.:]{2,45})\))?/;
/** `query (cache) 'example.com/A/IN' denied`, `update 'example.com/IN' denied` */
const DENIED =
  /^(query|update|zone transfer)(?: \(cache\))?(?: '([^'/]{1,300})(?:\/([A-Z][A-Z\d-]{0,15}))?\/[A-Z]{2}')? (denied|approved|allowed)/;
const FAILED = /^query failed \(([\w ]{1,32})\) for ([^ /]{1,300})\/[A-Z]{2}\/([A-Z\d-]{1,16})/;
/** `rpz QNAME NXDOMAIN rewrite bad.example/A/IN via bad.example.rpz.example` */
const RPZ =
  /^(?:disabled )?rpz ([A-Z-]{2,16}) ([A-Z-]{2,24}) rewrite ([^ /]{1,300})\/([A-Z\d-]{1,16})\/[A-Z]{2} via ([^ ]{1,300})/;

/** BIND 9 (Administrator Reference Manual, "The logging statement", query log). False: a remark without a client. */
export function readBind(text: string, draft: EventDraft): boolean {
  const channel = CHANNEL.exec(text);
  if (channel) {
    draft.label('category', channel[1]);
    draft.event['log.level'] = levelWord((channel[2] as string).split(' ', 1)[0] as string);
  }
  const client = CLIENT.exec(text.slice(0, 1024));
  if (!client) return false;
  const rest = text.slice(client.index + client[0].length);
  const sender = { client: client[1], clientPort: client[2] };
  draft.label('view', client[4]);
  return readQuery(rest, sender, draft) || readRefusal(rest, sender, client[3], draft);
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
  } else setQuestion(draft, { action: 'client', name: asked, ...sender });
  return true;
}
