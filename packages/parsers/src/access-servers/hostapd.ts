import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `wlan0: STA 00:00:5e:00:53:23 IEEE 802.11: associated (aid 1)` */
const STATION = /^(?:([\w.-]{1,32}): )?STA ([\da-fA-F:]{17}) ([\w. ]{1,24}): (.{1,256})$/;
/** `wlan0: AP-STA-CONNECTED 00:00:5e:00:53:23`, `… CTRL-EVENT-EAP-FAILURE 00:…` */
const EVENT = /^(?:([\w.-]{1,32}): )?(AP-STA-[A-Z-]{2,24}|CTRL-EVENT-[A-Z\d-]{2,24}) ([\da-fA-F:]{17})/;
const IDENTITY = /(?:identity|user(?:name)?)[ =:]{1,2}'?([^' ,]{1,128})/i;
const ACCOUNTING = /^(starting|stopped|stopping) accounting session ([\w-]{1,64})/;

/** hostapd: stations of a wireless network. A radio's association is a start, its end an end; keys are not logins. */
export function readHostapd(text: string, draft: EventDraft): boolean {
  const event = EVENT.exec(text);
  if (event) {
    setStation(draft, event[1], event[3]);
    setWord(draft, (event[2] as string).toLowerCase());
    return true;
  }
  const m = STATION.exec(text);
  if (!m) return false;
  const said = m[4] as string;
  setStation(draft, m[1], m[2]);
  draft.label('protocol', m[3]);
  const accounting = ACCOUNTING.exec(said);
  if (accounting) {
    setKind(
      draft,
      'authentication',
      accounting[1] === 'starting' ? 'start' : 'end',
      `${accounting[1]} accounting session`,
    );
    draft.text('logmaster.session.id', accounting[2]);
  } else setWord(draft, said.toLowerCase().split(/ ?\(| due to| - |;/, 1)[0] as string);
  draft.text('user.name', IDENTITY.exec(said)?.[1]);
  draft.text('event.reason', / (?:due to|reason:?) (.{1,128})$/.exec(said)?.[1]);
  return true;
}

function setStation(draft: EventDraft, name: string | undefined, mac: string | undefined): void {
  draft.text('observer.ingress.interface.name', name);
  draft.mac('source.mac', mac);
}

function setWord(draft: EventDraft, word: string): void {
  if (/disassociated|deauthenticated|disconnected/.test(word)) setKind(draft, 'session', 'end', word);
  else if (/fail|reject|denied|mismatch/.test(word)) setKind(draft, 'authentication', 'start', word, 'failure');
  else if (/eap-success|^authenticated$/.test(word)) setKind(draft, 'authentication', 'start', word, 'success');
  else if (/associated|sta-connected/.test(word)) setKind(draft, 'session', 'start', word);
  else setKind(draft, 'session', 'info', word);
}
