import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';

const QUESTION =
  /^(?:query from ([\da-fA-F.:[\]]{2,47}?)(?::\d{1,5})?|local query|query to ([\da-fA-F.:]{2,45})): #(\d{1,10}) (\S{1,255})(?: (.{1,32}))?$/;
const ANSWER = /^done query: #(\d{1,10}) (.{1,512})$/;
/** Words that stand in place of name and answer. */
const FAILURES: ReadonlyMap<string, string> = new Map([
  ['name does not exist', 'NXDOMAIN'],
  ['name exists, but no appropriate record', 'NOERROR'],
  ['server failure', 'SERVFAIL'],
  ['query refused', 'REFUSED'],
  ['query format error', 'FORMERR'],
  ['not implemented', 'NOTIMP'],
]);
/** Types that older versions have no name for: `unknown (65)`. */
const UNNAMED: ReadonlyMap<string, string> = new Map([
  ['64', 'SVCB'],
  ['65', 'HTTPS'],
]);

/** `query from 10.0.0.5: #12345 www.example.com. A`, `local query: #8 …`, `done query: #12345 www.example.com. 192.0.2.1`. */
export function readDns(text: string, draft: EventDraft): boolean {
  const said = text.startsWith('dns ') ? text.slice(4) : text;
  const question = QUESTION.exec(said);
  if (question) {
    setKind(draft, 'network', 'info', 'query');
    draft.ip('source.ip', question[1]);
    draft.ip('destination.ip', question[2]);
    draft.label('query_id', question[3]);
    draft.text('dns.question.name', question[4]?.replace(/(.)\.$/, '$1'));
    draft.text('dns.question.type', typeOf(question[5]));
  } else {
    const answer = ANSWER.exec(said);
    if (!answer) return false;
    setKind(draft, 'network', 'info', 'answer');
    draft.label('query_id', answer[1]);
    setAnswer(draft, answer[2] as string);
  }
  draft.event['network.protocol'] = 'dns';
  return true;
}

/** `www.example.com. 192.0.2.1`, or `dns name does not exist`. */
function setAnswer(draft: EventDraft, said: string): void {
  const failure = said.startsWith('dns ') ? said.slice(4) : undefined;
  const code = failure === undefined ? undefined : FAILURES.get(failure);
  if (failure !== undefined && (code !== undefined || canonicalIp(failure) === undefined)) {
    draft.text('dns.response_code', code);
    draft.text('event.reason', failure);
    return;
  }
  const [name, answer] = said.split(' ', 2);
  draft.text('dns.question.name', name?.replace(/(.)\.$/, '$1'));
  draft.label('answer', answer);
}

function typeOf(written: string | undefined): string | undefined {
  const number = written === undefined ? undefined : /^(?:\w{1,16} )?\((\d{1,5})\)$/.exec(written)?.[1];
  return number === undefined ? written : (UNNAMED.get(number) ?? `TYPE${number}`);
}
