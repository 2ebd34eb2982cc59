import { type IosReader, says } from '../messages.ts';
import { readQuietMode } from '../system.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const LOGIN = ['authentication', 'start', 'login', 'success'] as const;
const LOGIN_FAILED = ['authentication', 'start', 'login failed', 'failure'] as const;
const COMMAND = ['configuration', 'info', 'command'] as const;
const SIGNED_IN = "User '{user}' authenticated successfully from {source}";
const BY_WEB = 'from host {source} by user';

/** Those who run the device: accounts locked and freed, their commands, sign-ins over NETCONF and the web pages. */
export const ACCOUNTS: readonly Entry[] = [
  ['SEC_LOGIN-QUIET_MODE_ON', readQuietMode],
  [
    'SEC_LOGIN-QUIET_MODE_OFF',
    says(['authentication', 'end', 'quiet mode'], 'Quiet Mode is OFF, because {reason} at '),
  ],
  [
    'AAA-USER_LOCKED',
    says(['authentication', 'denied', 'account locked'], 'User {user} locked out on authentication failure'),
  ],
  [
    'AAA-USER_UNLOCKED',
    says(
      ['authentication', 'change', 'account unlocked'],
      'User {account} unlocked by {user} on {line} ({source.ip})',
      'User {account} unlocked by {user} on {line}',
    ),
  ],
  [
    'AAA-USER_RESET',
    says(
      ['authentication', 'change', 'failed attempts reset'],
      'User {account} failed attempts reset by {user} on {line} ({source.ip})',
      'User {account} failed attempts reset by {user} on {line}',
    ),
  ],
  [
    'AAA-USERNAME_CONFIGURATION',
    says(['configuration', 'change', 'account configured'], 'user with username: {account} configured'),
  ],
  ['AAAA-ACCTLOCAL', says(COMMAND, 'Username: {user} Privilege level: {privilege} Command: {command}')],
  ['VSHD-VSHD_SYSLOG_CMD_EXEC', says(COMMAND, 'User:{user} executed the command:{command}')],
  [
    'DMI-AUTH_PASSED',
    says(
      LOGIN,
      `${SIGNED_IN} and was authorized for {protocol} over {ignored}. External groups: {groups}`,
      `${SIGNED_IN} and was authorized for {protocol} over {ignored}`,
      `${SIGNED_IN}  for {protocol} over {ignored}. External groups: {groups}`,
      `${SIGNED_IN} for {protocol} over {ignored}. External groups: {groups}`,
      `${SIGNED_IN}  for {protocol} over {ignored}`,
      `${SIGNED_IN} for {protocol} over {ignored}`,
    ),
  ],
  [
    'DMI-AUTHENTICATION_FAILED',
    says(LOGIN_FAILED, 'Authentication failure from {source} for {protocol} over {ignored}'),
  ],
  [
    'NDBMAN-MODEL_RPC_I',
    says(COMMAND, "RPC '{command}' invoked from {source} via {protocol} user {user} session {session}"),
  ],
  [
    'WEBSERVER-LOGIN_PASSED',
    says(
      LOGIN,
      `Login Successful ${BY_WEB} '{user}' using crypto cipher '{cipher}'`,
      `Login Successful ${BY_WEB} '{user}'`,
    ),
  ],
  [
    'WEBSERVER-LOGIN_FAILED',
    says(
      LOGIN_FAILED,
      `Login Un-Successful ${BY_WEB} '{user}' using crypto cipher '{cipher}'`,
      `Login Un-Successful ${BY_WEB} '{user}'`,
      'Login Un-Successful from host {source} using crypto cipher',
      'Login Un-Successful from host {source}',
    ),
  ],
];
