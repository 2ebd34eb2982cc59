import { readEosHit } from '../access-lists.ts';
import { type IosReader, leniently, says } from '../messages.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const SESSION = ['\\[from: {place}\\] \\[service: {server}\\]', '\\[from: {place}\\]'];
const after = (lead: string, tail = '') => SESSION.map((session) => `${lead} ${session}${tail}`);

/** Arista EOS System Message Guide: what EOS says in Cisco's form and in words of its own. */
export const EOS: readonly Entry[] = [
  ['AAA-LOGIN', leniently(says(['authentication', 'start', 'login', 'success'], ...after('user {user} logged in')))],
  [
    'AAA-LOGIN_FAILED',
    leniently(
      says(
        ['authentication', 'start', 'login failed', 'failure'],
        ...after('user {user} failed to login', ' \\[reason: {reason}\\]'),
        ...after('user {user} failed to login'),
      ),
    ),
  ],
  ['AAA-LOGOUT', leniently(says(['authentication', 'end', 'logout'], ...after('user {user} logged out')))],
  [
    'ACCOUNTING-CMD',
    leniently(says(['configuration', 'info', 'command'], '{user} {line} {place} {change} {ignored}cmd={command}')),
  ],
  [
    'SYS-CONFIG_E',
    leniently(
      says(
        ['configuration', 'info', 'configuration mode'],
        'Enter configuration mode from {from} by {user} on {line} ({source.ip})',
      ),
    ),
  ],
  [
    'SYS-CONFIG_STARTUP',
    leniently(
      says(['configuration', 'change', 'saved'], 'Startup config saved from {from} by {user} on {line} ({source.ip})'),
    ),
  ],
  ...['IPACCESS', 'IPV6ACCESS', 'MACACCESS'].map((name) => [`ACL-${name}`, leniently(readEosHit)] as const),
  [
    'ETH-HOST_FLAPPING',
    leniently(
      says(
        ['network', 'error', 'flapping'],
        'Host {mac} in VLAN {vlan} is flapping between interface {in} and interface {out} (',
        'Host {mac} in VLAN {vlan} is flapping between interface {in} and interface {out}',
      ),
    ),
  ],
];
