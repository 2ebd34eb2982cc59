import { type IosReader, leniently, says } from '../messages.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const ADMIN = says(
  ['authentication', 'start', 'login', 'success'],
  "Authentication succeeded for admin user '{user}' on {place}",
  "Authentication succeeded for admin user '{user}'",
);
const NO_ADMIN = says(
  ['authentication', 'start', 'login failed', 'failure'],
  "Authentication failed for admin user '{user}' on {place}",
  "Authentication failed for admin user '{user}'",
);
const EXCLUDED = says(
  ['authentication', 'denied', 'excluded'],
  'Client MAC: {mac} with IP: {source.ip} was added to exclusion list, legacy Client Exclusion policy: reason {reason}',
  'Client MAC: {mac} with IP: {source.ip} was added to exclusion list associated with AP Name:{access_point}, BSSID:MAC: {bssid}, reason:{reason}',
  'Client MAC: {mac} was added to exclusion list, legacy Client Exclusion policy: reason {reason}',
  'Client MAC: {mac} was added to exclusion list associated with AP Name:{access_point}, BSSID:MAC: {bssid}, reason:{reason}',
);
const UNANSWERED = says(
  ['authentication', 'error', 'aaa server'],
  "{ignored} server {aaa_server} failed to respond to request (ID {ignored}) for client {mac} / user '{user}'",
  '{ignored} server {aaa_server} failed to respond to request (ID {ignored}) for client {mac}',
);

/** Cisco Wireless LAN Controller System Message Guide (AireOS) and Catalyst 9800: administrators, clients shut out, servers that don't answer. */
export const WIRELESS: readonly Entry[] = [
  ['AAA-AAA_AUTH_ADMIN_USER', leniently((text, draft) => ADMIN(text, draft) || NO_ADMIN(text, draft))],
  ['AAA-RADIUS_RESPONSE_FAILED', leniently(UNANSWERED)],
  ['CLIENT_ORCH_LOG-ADD_TO_BLACKLIST_REASON', leniently(EXCLUDED)],
  ['CLIENT_EXCLUSION_SERVER-ADD_TO_BLACKLIST_REASON', leniently(EXCLUDED)],
  [
    'DOT1X-MAX_EAP_RETRIES',
    leniently(
      says(
        ['authentication', 'info', 'no answer'],
        'Max EAP identity request retries ({count}) exceeded for client {mac}',
      ),
    ),
  ],
];
