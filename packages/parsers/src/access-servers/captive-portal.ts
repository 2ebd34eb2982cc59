import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

const ADDRESS = /(?:^|[ =[(@])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])/;
const MAC = /(?:^|[ =[(])([\da-fA-F]{2}(?:[:-][\da-fA-F]{2}){5})(?![\da-fA-F:-])/;
const USER = /(?:username|user|User-Name)[=:] ?([^ ,]{1,128})/;
const SESSION = /(?:sessionid|session|Acct-Session-Id)[=:] ?([\w-]{1,64})/i;

/** What the words mean, the first that fits: failures and ends have the words of logins inside. */
const MEANINGS: readonly (readonly [pattern: RegExp, type: string, action: string, outcome?: 'success' | 'failure'])[] =
  [
    [/unsuccessful|failed|denied|reject|invalid|incorrect|block/i, 'start', 'login', 'failure'],
    [/log(?:ged )?(?:out|off)|deauth|disconnect|terminat|removing|removed/i, 'end', 'logout'],
    [/time(?:d)? ?out|expired|idle|quota/i, 'end', 'timeout'],
    [/success|login|logged in|authenticated|authenticating|auth_client/i, 'start', 'login', 'success'],
  ];

/**
 * CoovaChilli (`chilli.c: 4251: Successful UAM login from username=x IP=10.1.0.5`), nodogsplash, openNDS, WifiDog.
 * Their sentences change with each release, so address, MAC, user and the words that matter are looked for. False when
 * a line names nobody.
 */
export function readPortal(text: string, draft: EventDraft): boolean {
  const said = text.slice(0, 512);
  const address = ADDRESS.exec(said)?.[1];
  const mac = MAC.exec(said)?.[1];
  const user = USER.exec(said)?.[1];
  if (address === undefined && mac === undefined && user === undefined) return false;
  const lease = /(?:assigned|got|released|new) (?:IP|address)|DHCP/i.test(said);
  const meaning = lease ? undefined : MEANINGS.find(([pattern]) => pattern.test(said));
  if (lease) {
    const action = /releas/i.test(said) ? 'released' : /assigned|got/i.test(said) ? 'assigned' : 'request';
    setKind(draft, 'network', action === 'released' ? 'end' : action === 'assigned' ? 'start' : 'info', action);
    draft.event['network.protocol'] = 'dhcp';
  } else if (meaning) setKind(draft, 'authentication', meaning[1], meaning[2], meaning[3]);
  else setKind(draft, 'session', 'info', 'client');
  draft.ip('source.ip', address);
  draft.mac('source.mac', mac);
  draft.text('user.name', user);
  draft.text('logmaster.session.id', SESSION.exec(said)?.[1]);
  return true;
}
