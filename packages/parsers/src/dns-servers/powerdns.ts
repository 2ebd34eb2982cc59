import type { EventDraft } from '../event/draft.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { setQuestion } from './question.ts';

/** Recursor: `3 [12/1] question for 'example.com|A' from 10.0.0.5:5353`, `answer to question 'example.com|A': …` */
const QUESTION =
  /(question for|answer to question|question answered from packet cache) ?(?:tag=\d{1,10} )?(?:'([^'|]{1,300})\|([A-Z\d]{1,16})')?(?:.{0,80}? from ([\da-fA-F.]{7,15}|\[?[\da-fA-F:.]{2,45}\]?)(?::(\d{1,5}))?)?(?:$|[ ,:])/;
/** Authoritative server: `Remote 10.0.0.5 wants 'example.com|A', do = 0, bufsize = 512: packetcache HIT` */
const REMOTE =
  /^Remote ([\da-fA-F.:]{2,45})(?:<-[\da-fA-F.:/]{2,50})? wants '([^'|]{1,300})\|([A-Z\d]{1,16})'(?:.{0,64}: (packetcache \w{3,4}))?/;

/** Recursor 4.8 and later: `msg="Question" subsystem="syncres" … qname="example.com" qtype="A" remote="10.0.0.5:5353"` */
function readStructured(text: string, draft: EventDraft): boolean {
  if (!text.startsWith('msg="') || !text.includes(' qname="')) return false;
  const pairs = new Map<string, string>();
  readPairs(text, 0, (key, value) => {
    if (!pairs.has(key)) pairs.set(key, value);
  });
  const remote = pairs.get('remote');
  const endpoint = remote === undefined ? undefined : readEndpoint(remote, true);
  const answers = pairs.has('rcode') || /^answer/i.test(pairs.get('msg') ?? '');
  setQuestion(draft, {
    action: answers ? 'reply' : 'query',
    name: pairs.get('qname'),
    type: pairs.get('qtype'),
    client: endpoint?.ip ?? remote,
    clientPort: endpoint?.port,
    code: pairs.get('rcode'),
  });
  draft.transport(pairs.get('proto'));
  draft.text('event.reason', pairs.get('msg'));
  return true;
}

export function readPowerDns(text: string, draft: EventDraft): boolean {
  if (readStructured(text, draft)) return true;
  const remote = REMOTE.exec(text);
  if (remote) {
    setQuestion(draft, { action: 'query', client: remote[1], name: remote[2], type: remote[3] });
    draft.label('cache', remote[4]);
    return true;
  }
  const m = QUESTION.exec(text.slice(0, 600));
  if (!m) return false;
  const client = m[4]?.replace(/[[\]]/g, '');
  setQuestion(draft, {
    action: m[1] === 'question for' ? 'query' : 'reply',
    name: m[2],
    type: m[3],
    client,
    clientPort: m[5],
    code: / rcode=(\d{1,2})\b/.exec(text.slice(0, 600))?.[1],
  });
  return true;
}
