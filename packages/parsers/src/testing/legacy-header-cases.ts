import type { HeaderCase } from './header-cases.ts';

const NOV23 = '11-23T19:56:31.000000';

/** RFC 3164 and what devices make of it. */
export const LEGACY_CASES: readonly HeaderCase[] = [
  {
    about: '§5.4 example 1',
    text: "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    parts: {
      priority: 34,
      time: '10-11T22:14:15.000000',
      hostname: 'mymachine',
      appname: 'su',
      message: "'su root' failed for lonvick on /dev/pts/8",
    },
  },
  {
    about: '§5.4 example 2: no time, so no host name either',
    text: 'Use the BFG!',
    parts: { message: 'Use the BFG!' },
  },
  {
    about: '§5.4 example 3: zone and year behind the time',
    text: "<165>Aug 24 05:34:00 CST 1987 mymachine myproc[10]: %% It's time to make the do-nuts.  %%",
    parts: {
      priority: 165,
      time: '1987-08-24T05:34:00.000000',
      hostname: 'mymachine',
      appname: 'myproc',
      procid: '10',
      message: "%% It's time to make the do-nuts.  %%",
    },
  },
  {
    about: '§5.4 example 4: the year first, and the zone taken for the host name',
    text: "<0>1990 Oct 22 10:52:01 TZ-6 scapegoat.dmz.example.org 10.1.2.3 sched[0]: That's All Folks!",
    parts: {
      priority: 0,
      time: '1990-10-22T10:52:01.000000',
      hostname: 'TZ-6',
      message: "scapegoat.dmz.example.org 10.1.2.3 sched[0]: That's All Folks!",
    },
  },
  {
    about: '§4.1.1: no PRI',
    text: 'Nov 23 19:56:31 gw sshd[12]: hi',
    parts: { time: NOV23, hostname: 'gw', appname: 'sshd', procid: '12', message: 'hi' },
  },
  {
    about: '§4.1.1: PRI and nothing else',
    text: '<13>',
    parts: { priority: 13, message: '' },
  },
  {
    about: '§4.1.1: PRI above 191 is named',
    text: '<192>hello',
    parts: { fault: 'log.syslog.priority', message: 'hello' },
  },
  {
    about: '§4.1.1: four digits are no PRI',
    text: '<0013>hello',
    parts: { message: '<0013>hello' },
  },
  {
    about: '§4.1.2: one space before a day of one digit, an hour of one digit',
    text: '<13>Nov 3 9:56:31 gw hi there',
    parts: { priority: 13, time: '11-03T09:56:31.000000', hostname: 'gw', message: 'hi there' },
  },
  {
    about: '§4.1.2: two spaces before a day of one digit',
    text: '<13>Nov  3 19:56:31 gw app: m',
    parts: { priority: 13, time: '11-03T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: 29 February',
    text: '<13>Feb 29 10:00:00 gw app: m',
    parts: { priority: 13, time: '02-29T10:00:00.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: 31 November is no time',
    text: '<13>Nov 31 19:56:31 gw m',
    parts: { priority: 13, message: 'Nov 31 19:56:31 gw m' },
  },
  {
    about: '§4.1.2: fractions of a second',
    text: '<13>Nov 23 19:56:31.123 gw app: m',
    parts: { priority: 13, time: '11-23T19:56:31.123000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: more digits than nanoseconds have',
    text: '<13>2026-11-23T19:56:31.15600000000+03:00 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.156000+03:00', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a point and no digits',
    text: '<13>Nov 23 19:56:31. gw app: m',
    parts: { priority: 13, time: '11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a year behind the day',
    text: '<13>Nov 23 2026 19:56:31 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a year behind the time',
    text: '<13>Nov 23 19:56:31 2026 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a number behind the time that is no year is taken for the host name',
    text: '<13>Nov 23 19:56:31 4026 gw app: m',
    parts: { priority: 13, time: NOV23, hostname: '4026', message: 'gw app: m' },
  },
  {
    about: '§4.1.2: the weekday first, the year last (C’s asctime)',
    text: '<13>Mon Nov 23 19:56:31 2026 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: the same with a zone before the year (date)',
    text: 'Mon Nov 23 19:56:31 UTC 2026 gw app: m',
    parts: { time: '2026-11-23T19:56:31.000000Z', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: the same with an offset behind the year',
    text: 'Mon Nov 23 19:56:31 2026 +0300 gw app: m',
    parts: { time: '2026-11-23T19:56:31.000000+03:00', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: UTC behind the time',
    text: '<13>Nov 23 19:56:31 UTC gw app: m',
    parts: { priority: 13, time: `${NOV23}Z`, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: an offset of hours behind the time, as C calls Istanbul’s zone',
    text: '<13>Nov 23 19:56:31 +03 gw app: m',
    parts: { priority: 13, time: `${NOV23}+03:00`, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: an offset behind the time',
    text: '<13>Nov 23 19:56:31 -0530 gw app: m',
    parts: { priority: 13, time: `${NOV23}-05:30`, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a zone’s name before host name and tag is the device’s own zone',
    text: '<13>Nov 23 19:56:31 EET gw app[7]: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', procid: '7', message: 'm' },
  },
  {
    about: '§4.1.2: a zone’s name where a host’s could stand is taken for it',
    text: '<13>Nov 23 19:56:31 EET app[7]: m',
    parts: { priority: 13, time: NOV23, hostname: 'EET', appname: 'app', procid: '7', message: 'm' },
  },
  {
    about: '§4.1.2: RFC 3339 in its place (rsyslog)',
    text: '<13>2026-11-23T19:56:31.5+03:00 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.500000+03:00', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: the same with a space',
    text: '<13>2026-11-23 19:56:31 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: the same with commas before milliseconds, and a zone',
    text: '<13>2026-11-23 19:56:31,123 UTC gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.123000Z', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.2: a program’s level behind an ISO date is no zone',
    text: '2026-11-23 19:56:31,123 ERROR: m',
    parts: { time: '2026-11-23T19:56:31.123000', appname: 'ERROR', message: 'm' },
  },
  {
    about: '§4.1.2: a date with slashes',
    text: '<13>2026/11/23 19:56:31 gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: 'Files of programs: a date with slashes, and no host name',
    text: '2026/11/23 19:56:31 kid1| Starting Squid Cache',
    parts: { time: '2026-11-23T19:56:31.000000', message: 'kid1| Starting Squid Cache' },
  },
  {
    about: 'Files of programs: a clock of twelve hours is no time here',
    text: '2026/11/23 07:56:31 PM 0E6C PACKET',
    parts: { message: '2026/11/23 07:56:31 PM 0E6C PACKET' },
  },
  {
    about: '§4.1.2: no host name',
    text: '<13>Nov 23 19:56:31 sshd[12]: no host name',
    parts: { priority: 13, time: NOV23, appname: 'sshd', procid: '12', message: 'no host name' },
  },
  {
    about: '§4.1.2: an IPv6 address as host name',
    text: '<13>Nov 23 19:56:31 2001:db8::1 app: m',
    parts: { priority: 13, time: NOV23, hostname: '2001:db8::1', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.3: a tag without a blank behind it',
    text: '<13>Nov 23 19:56:31 gw app:m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: '§4.1.3: a path as tag',
    text: '<13>Nov 23 19:56:31 gw postfix/smtpd[7]: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'postfix/smtpd', procid: '7', message: 'm' },
  },
  {
    about: '§4.1.3: no tag',
    text: '<13>Nov 23 19:56:31 gw something happened: twice',
    parts: { priority: 13, time: NOV23, hostname: 'gw', message: 'something happened: twice' },
  },
];
