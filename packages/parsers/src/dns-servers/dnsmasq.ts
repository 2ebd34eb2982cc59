import type { EventDraft } from '../event/draft.ts';
import { setQuestion } from './question.ts';

/** `log-queries=extra`: a serial number and the asker before each line. */
const EXTRA = /^(\d{1,10}) ([\da-fA-F.:]{2,45})\/(\d{1,5}) /;
const QUERY = /^(?:dnssec-)?query\[([\w=-]{1,16})\] ([^ ]{1,300}) (from|to) ([\da-fA-F.:]{2,45})/;
const FORWARDED = /^forwarded ([^ ]{1,300}) to ([\da-fA-F.:]{2,45})/;
/** `reply example.com is 203.0.113.80`, `gravity blocked ads.example is 0.0.0.0`, `/etc/hosts nas is 10.0.0.9` */
const ANSWER = /^(.{1,64}?) ([^ ]{1,300}) is (.{1,300})$/;

/** dnsmasq and Pi-hole's FTL (cache.c, `log_query`). */
export function readDnsmasq(line: string, draft: EventDraft): boolean {
  const extra = EXTRA.exec(line);
  const text = extra ? line.slice(extra[0].length) : line;
  if (extra) draft.label('query_id', extra[1]);
  const asker = { client: extra?.[2], clientPort: extra?.[3] };
  const query = QUERY.exec(text);
  if (query) {
    const [, written, name, way, address] = query;
    // `query[type=65]`: a type that it has no name for, as RFC 3597 writes it.
    const type = written?.replace('=', '');
    const parties = way === 'from' ? { ...asker, client: address } : { ...asker, server: address };
    setQuestion(draft, { action: 'query', name, type, ...parties });
    return true;
  }
  const forwarded = FORWARDED.exec(text);
  if (forwarded) {
    setQuestion(draft, { action: 'forwarded', name: forwarded[1], server: forwarded[2], ...asker });
    return true;
  }
  const answer = ANSWER.exec(text.slice(0, 700));
  if (!answer) return false;
  const action = (answer[1] as string).toLowerCase();
  if (
    !/^(?:reply|cached|config|blocked|gravity|exactly|regex|black|special|denied|\/|dhcp|validation|pi-hole|rate)/.test(
      action,
    )
  )
    return false;
  const code = codeOf(action, answer[3] as string);
  setQuestion(draft, { action, name: answer[2], answer: answer[3], code, ...asker });
  return true;
}

/** Errors stand where the address would (`reply example.com is NXDOMAIN`, `… is NODATA-IPv6`); what DNSSEC found is no answer. */
function codeOf(action: string, answer: string): string | undefined {
  if (action === 'validation') return undefined;
  return /^(?:NXDOMAIN|SERVFAIL|REFUSED|NOTIMP|FORMERR)/.exec(answer)?.[0] ?? 'NOERROR';
}
