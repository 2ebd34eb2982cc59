import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { ADDRESS, type IosReader } from './messages.ts';

const PAIR = String.raw`(${ADDRESS}?):(\d{1,5})`;
/** %IPNAT-6-CREATED, NAT_CREATED: `tcp 10.1.1.5:51000 203.0.113.5:1024 8.8.8.8:53 8.8.8.8:53`, a verb before it in newer versions */
const IPNAT = new RegExp(String.raw`^(?:Created |Deleted )?(\w{1,12}) ${PAIR} ${PAIR} ${PAIR} ${PAIR}`);
/** %NAT-6-LOG_TRANSLATION: `Created Translation UDP …` with the same four, of IOS-XE. */
const LOG_TRANSLATION = new RegExp(
  String.raw`^(Created|Deleted) Translation (\w{1,12}) ${PAIR} ${PAIR} ${PAIR} ${PAIR}`,
  'i',
);

/** Four pairs: inside local, inside global, outside local, outside global. */
function setPairs(draft: EventDraft, transport: string | undefined, pairs: readonly (string | undefined)[]): void {
  draft.transport(transport);
  draft.ip('source.ip', pairs[0]);
  draft.port('source.port', pairs[1]);
  draft.ip('source.nat.ip', pairs[2]);
  draft.port('source.nat.port', pairs[3]);
  draft.ip('destination.ip', pairs[4]);
  draft.port('destination.port', pairs[5]);
  if (pairs[4] !== pairs[6] || pairs[5] !== pairs[7]) {
    draft.ip('destination.nat.ip', pairs[6]);
    draft.port('destination.nat.port', pairs[7]);
  }
}

export const readNatCreated: IosReader = (text, draft) => readNat(text, draft, 'created');
export const readNatDeleted: IosReader = (text, draft) => readNat(text, draft, 'deleted');

function readNat(text: string, draft: EventDraft, action: 'created' | 'deleted'): boolean {
  const m = IPNAT.exec(text);
  if (!m) return false;
  setKind(draft, 'network', action === 'created' ? 'start' : 'end', action);
  setPairs(draft, m[1], m.slice(2));
  return true;
}

export const readLogTranslation: IosReader = (text, draft) => {
  const m = LOG_TRANSLATION.exec(text);
  if (!m) return false;
  setKind(draft, 'network', (m[1] as string).toLowerCase() === 'created' ? 'start' : 'end', m[1] as string);
  setPairs(draft, m[2], m.slice(3));
  return true;
};
