import { expect, it } from 'vitest';
import { readHeader } from '../syslog/header.ts';
import { findProgram } from './program.ts';

const TABLE = new Map([
  ['sshd', 1],
  ['squid-1', 2],
  ['cron', 3],
]);

it.each([
  ['<38>Nov 23 19:56:31 gw sshd[12]: hi', 'sshd', 'hi'],
  ['<38>Nov 23 19:56:31 sshd[12]: hi', 'sshd', 'hi'],
  ['<38>1 2026-11-23T19:56:31Z gw sshd 12 - - hi', 'sshd', 'hi'],
  ['<38>1 2026-11-23T19:56:31Z gw (squid-1) 12 - - hi', 'squid-1', 'hi'],
  ['<38>Nov 23 19:56:31 gw (squid-1)[12]: hi', 'squid-1', 'hi'],
  ['<38>Nov 23 19:56:31 gw /usr/sbin/CRON[12]: hi', 'cron', 'hi'],
  // Without a time the first word may be a host's name.
  ['<38>sshd[12]: hi', 'sshd', 'hi'],
  ['<38>gw sshd: hi', 'sshd', 'hi'],
  ['sshd: hi', 'sshd', 'hi'],
  ['<38>Nov 23 19:56:31 gw telnetd[12]: sshd: hi', undefined, undefined],
  ['<38>Nov 23 19:56:31 gw nothing', undefined, undefined],
  ['', undefined, undefined],
  // A device's own code: its parser reads it
  ["<37>Nov 23 19:56:31 srx sshd[12]: SSHD_LOGIN_FAILED: Login failed for user 'root'", undefined, undefined],
  [
    '<37>1 2026-11-23T19:56:31Z srx sshd - SSHD_LOGIN_FAILED [junos@2636.1.1.1.2.129 username="root"]',
    undefined,
    undefined,
  ],
  ['<134>Nov 23 20:56:31 bigip1 sshd[12]: 01070417:6: AUDIT - user admin', undefined, undefined],
])('%s', (text, name, said) => {
  const header = readHeader(text);
  const program = findProgram({ text, messageAt: header.messageAt, header }, TABLE);
  expect(program?.name).toBe(name);
  expect(program && text.slice(program.at)).toBe(said);
});
