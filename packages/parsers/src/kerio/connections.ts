import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { setEnd } from './ends.ts';

/** `[ID] 613181 [Rule] NAT …`; an IPv6 address has brackets, too. */
const PAIR = /\[([A-Z][\w ]{0,23})\] ?((?:[^[]|\[(?![A-Z])){0,512})/y;
const CONNECTION = /^(\S{1,16}) (\S{1,512}) ->? (\S{1,512})$/;
/** Sent, received and both. */
const TRIPLE = /^(\d{1,19})\/(\d{1,19})\/\d{1,19}$/;

/** Names in brackets, each with the value behind it; and where they end. */
export function readBrackets(text: string): { readonly pairs: Map<string, string>; readonly end: number } {
  const pairs = new Map<string, string>();
  let end = 0;
  for (;;) {
    PAIR.lastIndex = end;
    const pair = PAIR.exec(text);
    if (!pair || pairs.size >= 24) return { pairs, end };
    pairs.set(pair[1] as string, (pair[2] as string).trim());
    end = PAIR.lastIndex;
  }
}

/** Connection log, written when the connection is over. Destination, and source, may be names. */
export function readConnection(text: string, draft: EventDraft): void {
  setKind(draft, 'network', 'end', 'close');
  for (const [name, value] of readBrackets(text).pairs) setPair(draft, name, value);
  addTotals(draft);
}

function setPair(draft: EventDraft, name: string, value: string): void {
  switch (name) {
    case 'ID':
      draft.text('logmaster.session.id', value);
      return;
    case 'Rule':
      draft.text('rule.name', value);
      return;
    case 'Service':
      draft.label('service', value);
      return;
    case 'User':
      draft.text('user.name', value);
      return;
    case 'Duration':
      draft.seconds(value.replace(/ sec$/, ''));
      return;
    case 'Connection':
      setConnection(draft, value);
      return;
    case 'Bytes':
    case 'Packets':
      setCounts(draft, name === 'Bytes' ? 'bytes' : 'packets', value);
      return;
    default:
      draft.label(name.replaceAll(' ', '_'), value);
  }
}

function setConnection(draft: EventDraft, value: string): void {
  const connection = CONNECTION.exec(value);
  if (!connection) {
    draft.fail('source.ip', 'not a connection');
    return;
  }
  draft.transport(connection[1]);
  setEnd(draft, 'source', connection[2] as string);
  setEnd(draft, 'destination', connection[3] as string);
}

function setCounts(draft: EventDraft, what: 'bytes' | 'packets', value: string): void {
  const counts = TRIPLE.exec(value);
  if (!counts) draft.fail(`source.${what}`, 'not three numbers');
  draft.long(`source.${what}`, counts?.[1]);
  draft.long(`destination.${what}`, counts?.[2]);
}
