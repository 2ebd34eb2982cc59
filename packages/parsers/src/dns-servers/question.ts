import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** What a server's line says about a question or its answer. All parts but the action as written. */
export interface DnsLine {
  /** query, reply, cached, blocked, … */
  readonly action: string;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly client?: string | undefined;
  readonly clientPort?: string | undefined;
  /** Where the question came to, or was sent on to. */
  readonly server?: string | undefined;
  readonly answer?: string | undefined;
  readonly code?: string | undefined;
}

const DENIED = /block|black|denied|refus|gravity|sinkhole/;

/** The first of IANA's "DNS RCODEs", for servers that write numbers. */
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET'];

/** `NOERROR`, `noerror`, `0`: the name in capitals, as ECS has it; other numbers stay. */
export function responseCode(written: string | undefined): string | undefined {
  if (written === undefined || !/^[\w-]{1,24}$/.test(written) || written === '-') return undefined;
  return /^\d{1,2}$/.test(written) ? (CODES[Number(written)] ?? written) : written.toUpperCase();
}

/** Client, name and type of a question, and the code of its answer; the answer itself is the label `dns_answer`. */
export function setQuestion(draft: EventDraft, line: DnsLine): void {
  setKind(draft, 'network', DENIED.test(line.action) ? 'denied' : 'info', line.action);
  draft.event['network.protocol'] = 'dns';
  draft.text('dns.question.name', withoutRootDot(line.name));
  draft.text('dns.question.type', line.type?.toUpperCase());
  draft.ip('source.ip', line.client);
  draft.port('source.port', line.clientPort);
  draft.ip('destination.ip', line.server);
  draft.label('dns_answer', line.answer);
  draft.text('dns.response_code', responseCode(line.code));
}

/** `example.com.` → `example.com`; the root stays `.` */
function withoutRootDot(name: string | undefined): string | undefined {
  return name !== undefined && name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}
