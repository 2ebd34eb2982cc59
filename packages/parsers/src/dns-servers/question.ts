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

/** Client, name and type of a question; the answer and its code are labels `dns_answer` and `dns_response_code`. */
export function setQuestion(draft: EventDraft, line: DnsLine): void {
  setKind(draft, 'network', DENIED.test(line.action) ? 'denied' : 'info', line.action);
  draft.event['network.protocol'] = 'dns';
  draft.text('dns.question.name', withoutRootDot(line.name));
  draft.text('dns.question.type', line.type?.toUpperCase());
  draft.ip('source.ip', line.client);
  draft.port('source.port', line.clientPort);
  draft.ip('destination.ip', line.server);
  draft.label('dns_answer', line.answer);
  draft.label('dns_response_code', line.code);
}

/** `example.com.` → `example.com`; the root stays `.` */
function withoutRootDot(name: string | undefined): string | undefined {
  return name !== undefined && name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}
