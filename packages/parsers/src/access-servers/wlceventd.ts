import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `wlceventd_proc_event(527): eth6: Assoc 00:00:5E:00:53:23, status: Successful (0), rssi:-61`, older with a tag before it */
const EVENT =
  /^(?:WLCEVENTD |wlceventd: )?wlceventd_proc_event\(\d{1,6}\): ([\w.-]{1,32}): (ReAssoc|Assoc|Auth|Disassoc|Deauth(?:_ind)?) ([\da-fA-F:]{17})(?:, status: (?:([A-Za-z ]{1,32}) ?)?\(?(\d{1,5})\)?)?(?:, reason: (.{1,160}?)(?: \(-?[\da-f]{1,5}\))?)?(?:, rssi:(-?\d{1,4}))?$/;
/** How such a message begins behind another program's tag. */
export const WLC_STARTS = ['wlceventd_proc_event(', 'WLCEVENTD wlceventd_proc_event('];

/** ASUSWRT's wlceventd: stations of its radios. An association is a start; to leave or be sent away an end. */
export function readWlcEvent(text: string, draft: EventDraft): boolean {
  const m = EVENT.exec(text);
  if (!m) return false;
  const [, radio, word = '', station, , code, reason, rssi] = m;
  const failed = code !== undefined && code !== '0';
  const isEnd = word.startsWith('Dis') || word.startsWith('De');
  const type = isEnd ? 'end' : word === 'Auth' || failed ? 'info' : 'start';
  setKind(draft, 'session', type, WORDS[word] ?? word, isEnd ? undefined : failed ? 'failure' : 'success');
  draft.text('observer.ingress.interface.name', radio);
  draft.mac('source.mac', station);
  draft.text('event.reason', isEnd ? reason : undefined);
  draft.label('rssi', rssi === '0' ? undefined : rssi);
  return true;
}

const WORDS: Readonly<Record<string, string>> = {
  Auth: 'authenticated',
  Assoc: 'associated',
  ReAssoc: 'reassociated',
  Disassoc: 'disassociated',
  Deauth: 'deauthenticated',
  Deauth_ind: 'deauthenticated',
};
