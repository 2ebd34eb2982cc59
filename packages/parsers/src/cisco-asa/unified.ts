import { isBlocked, setUnifiedPairs, verdictIn } from '../cisco/unified-fields.ts';
import { readUnifiedPairs } from '../cisco/unified-pairs.ts';
import type { EventDraft } from '../event/draft.ts';
import type { MessageReader } from './messages.ts';

/** 430001–430005: intrusion, connection begin and end, file and malware events, as `Key: value, Key: value`. */
export function readUnified(id: string): MessageReader {
  return (text, draft) => {
    const pairs = readUnifiedPairs(text);
    if (pairs.size === 0) return false;
    setUnifiedPairs(draft, pairs);
    classify(draft, id, verdictIn(pairs));
    return true;
  };
}

function classify(draft: EventDraft, id: string, verdict: string | undefined): void {
  const { event } = draft;
  const seen = id === '430005' && verdict === undefined ? 'info' : 'allowed';
  const reached = id === '430002' ? 'start' : id === '430003' ? 'end' : seen;
  event['event.category'] = id === '430001' ? 'intrusion_detection' : id === '430005' ? 'malware' : 'network';
  event['event.type'] = verdict !== undefined && isBlocked(verdict) ? 'denied' : reached;
  event['event.action'] = verdict?.toLowerCase() ?? (id === '430001' ? 'intrusion' : 'logged');
}
