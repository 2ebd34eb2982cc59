import { type IosReader, leniently, says } from '../messages.ts';
import { readConfigured } from '../system.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const LOGIN = says(
  ['authentication', 'start', 'login', 'success'],
  "Successfully authenticated user '{user}' from '{place}' on '{line}'",
);
const LOGIN_FAILED = says(
  ['authentication', 'start', 'login failed', 'failure'],
  "Failed authentication attempt by user '{user}' from '{place}' on '{line}'",
);
const LOGOUT = says(
  ['authentication', 'end', 'logout'],
  "User '{user}' from '{place}' logged out on '{line}'",
  "User '{user}' logged out",
);
const COMMITTED = says(
  ['configuration', 'change', 'committed'],
  "Configuration committed by user '{user}'.{ignored}changes {commit}' to view",
  "Configuration committed by user '{user}'",
);

/** Cisco IOS XR System Error Message Reference: `%GROUP-FACILITY-SEVERITY-MNEMONIC`. What IOS says the same way is read there. */
export const XR: readonly Entry[] = [
  ['SECURITY-SSHD-INFO_SUCCESS', leniently(LOGIN)],
  ['SECURITY-SSHD-INFO_FAILURE', leniently(LOGIN_FAILED)],
  ['SECURITY-SSHD-INFO_USER_LOGOUT', leniently(LOGOUT)],
  ['SECURITY-LOGIN-AUTHEN_SUCCESS', leniently(LOGIN)],
  ['SECURITY-LOGIN-AUTHEN_FAILED', leniently(LOGIN_FAILED)],
  ['SECURITY-LOGIN-CLOSE', leniently(LOGOUT)],
  ['MGBL-SYS-CONFIG_I', readConfigured],
  ['MGBL-CONFIG-DB_COMMIT', leniently(COMMITTED)],
  ['MGBL-LIBTARCFG-COMMIT', leniently(COMMITTED)],
  [
    'ROUTING-ISIS-ADJCHANGE',
    leniently(
      says(
        ['network', 'info', 'neighbor'],
        'Adjacency to {neighbor} ({in}) ({level}) {state}, {reason}',
        'Adjacency to {neighbor} ({in}) {state}, {reason}',
      ),
    ),
  ],
  [
    'L2-BFD-SESSION_STATE_DOWN',
    leniently(
      says(
        ['network', 'error', 'bfd session'],
        'BFD session to neighbor {source.ip} on interface {in} has gone {state}. Reason: {reason}',
      ),
    ),
  ],
  [
    'L2-BFD-SESSION_STATE_UP',
    leniently(
      says(['network', 'info', 'bfd session'], 'BFD session to neighbor {source.ip} on interface {in} is {state}'),
    ),
  ],
];
