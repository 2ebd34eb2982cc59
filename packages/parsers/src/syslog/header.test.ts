import { microsToRfc3339 } from '@logmaster/core/time';
import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';

function read(text: string) {
  const { time, messageAt, structuredData, fault, ...names } = readHeader(text);
  const written = time && {
    at: microsToRfc3339(time.local).slice(time.yearMissing ? 5 : 0, -1),
    ...(time.offset === undefined ? {} : { offset: time.offset / 3_600_000_000 }),
  };
  return {
    ...names,
    ...(written ? { time: written } : {}),
    ...(structuredData ? { structuredData } : {}),
    ...(fault ? { fault: fault.field } : {}),
    message: text.slice(messageAt),
  };
}

describe('RFC 5424', () => {
  it.each([
    [
      // RFC 5424 §6.5, example 1
      "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8",
      {
        priority: 34,
        version: '1',
        time: { at: '2003-10-11T22:14:15.003000', offset: 0 },
        hostname: 'mymachine.example.com',
        appname: 'su',
        msgid: 'ID47',
        message: "'su root' failed for lonvick on /dev/pts/8",
      },
    ],
    [
      // RFC 5424 §6.5, example 2
      "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.",
      {
        priority: 165,
        version: '1',
        time: { at: '2003-08-24T05:14:15.000003', offset: -7 },
        hostname: '192.0.2.1',
        appname: 'myproc',
        procid: '8710',
        message: "%% It's time to make the do-nuts.",
      },
    ],
    [
      // RFC 5424 §6.5, example 4
      '<165>1 2003-10-11T22:14:15.003Z m evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application"][examplePriority@32473 class="high"]',
      {
        priority: 165,
        version: '1',
        time: { at: '2003-10-11T22:14:15.003000', offset: 0 },
        hostname: 'm',
        appname: 'evntslog',
        msgid: 'ID47',
        message: '',
        structuredData: [
          ['exampleSDID@32473_iut', '3'],
          ['exampleSDID@32473_eventSource', 'Application'],
          ['examplePriority@32473_class', 'high'],
        ],
      },
    ],
    ['<13>1 - - - - - -', { priority: 13, version: '1', message: '' }],
    [
      '<13>1 - h a - - [x@1 p="a\\"b\\]c\\\\d"] m',
      {
        priority: 13,
        version: '1',
        hostname: 'h',
        appname: 'a',
        structuredData: [['x@1_p', 'a"b]c\\d']],
        message: 'm',
      },
    ],
    [
      '<13>1 - h a - - [x@1 p="open m',
      {
        priority: 13,
        version: '1',
        hostname: 'h',
        appname: 'a',
        fault: 'log.syslog.structured_data',
        message: '[x@1 p="open m',
      },
    ],
    ['<13>1 packet dropped on port 5 today or so', { priority: 13, message: '1 packet dropped on port 5 today or so' }],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it('takes no SD-ID that is longer than any name: it would be repeated before each parameter', () => {
    const id = 'x'.repeat(30_000);
    const element = `[${id}${' a="1"'.repeat(5_000)}]`;
    expect(read(`<13>1 - h a - - ${element} m`)).toMatchObject({
      fault: 'log.syslog.structured_data',
      message: `${element} m`,
    });
  });
});

describe('RFC 3164 and what devices make of it', () => {
  const nov23 = { at: '11-23T19:56:31.000000' };
  it.each([
    // RFC 3164 §5.4, example 1
    [
      "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
      {
        priority: 34,
        time: { at: '10-11T22:14:15.000000' },
        hostname: 'mymachine',
        appname: 'su',
        message: "'su root' failed for lonvick on /dev/pts/8",
      },
    ],
    ['Nov 23 19:56:31 gw sshd[12]: hi', { time: nov23, hostname: 'gw', appname: 'sshd', procid: '12', message: 'hi' }],
    [
      '<13>Nov  3 9:56:31 gw hi there',
      { priority: 13, time: { at: '11-03T09:56:31.000000' }, hostname: 'gw', message: 'hi there' },
    ],
    [
      '<13>Nov 23 19:56:31 sshd[12]: no host name',
      { priority: 13, time: nov23, appname: 'sshd', procid: '12', message: 'no host name' },
    ],
    [
      '<30>Nov 23 19:56:31 firewall,info forward: in:a',
      { priority: 30, time: nov23, message: 'firewall,info forward: in:a' },
    ],
    [
      '<13>2026-11-23T19:56:31.5+03:00 gw app: m',
      {
        priority: 13,
        time: { at: '2026-11-23T19:56:31.500000', offset: 3 },
        hostname: 'gw',
        appname: 'app',
        message: 'm',
      },
    ],
    [
      '<13>2026-11-23 19:56:31 gw app: m',
      { priority: 13, time: { at: '2026-11-23T19:56:31.000000' }, hostname: 'gw', appname: 'app', message: 'm' },
    ],
    [
      '<189>45: *Nov 23 2026 19:56:31.123 UTC: %ASA-6-302013: Built',
      { priority: 189, time: { at: '2026-11-23T19:56:31.123000', offset: 0 }, message: '%ASA-6-302013: Built' },
    ],
    [
      '<189>45: rtr1: .Nov 23 19:56:31: %SYS-5-X: m',
      { priority: 189, time: nov23, hostname: 'rtr1', message: '%SYS-5-X: m' },
    ],
    [
      '<189>7: rtr1: 000045: Nov 23 19:56:31 TRT: %SYS-5-X: m',
      { priority: 189, time: nov23, hostname: 'rtr1', message: '%SYS-5-X: m' },
    ],
    [
      '<189>: 2026 Nov 23 19:56:31 UTC: %LINK-3-X: m',
      { priority: 189, time: { at: '2026-11-23T19:56:31.000000', offset: 0 }, message: '%LINK-3-X: m' },
    ],
    [
      '<166>Nov 23 2026 19:56:31 fw1 : %ASA-6-1: m',
      { priority: 166, time: { at: '2026-11-23T19:56:31.000000' }, hostname: 'fw1', message: '%ASA-6-1: m' },
    ],
    [
      '<166>Nov 23 2026 19:56:31: %ASA-6-1: m',
      { priority: 166, time: { at: '2026-11-23T19:56:31.000000' }, message: '%ASA-6-1: m' },
    ],
    ['<166>fw1 %ASA-6-1: m', { priority: 166, hostname: 'fw1', message: '%ASA-6-1: m' }],
    ['<189>45: %SYS-5-X: m', { priority: 189, message: '%SYS-5-X: m' }],
    ['<189>rtr1: %SYS-5-X: m', { priority: 189, hostname: 'rtr1', message: '%SYS-5-X: m' }],
    ['<166>%ASA-6-1: m', { priority: 166, message: '%ASA-6-1: m' }],
    ['<189>date=2026-11-23 time=19:56:31 x=1', { priority: 189, message: 'date=2026-11-23 time=19:56:31 x=1' }],
    ['<192>hello', { fault: 'log.syslog.priority', message: 'hello' }],
    ['<0013>hello', { message: '<0013>hello' }],
    ['<13>', { priority: 13, message: '' }],
    ['<13>Nov 31 19:56:31 gw m', { priority: 13, message: 'Nov 31 19:56:31 gw m' }],
    ['', { message: '' }],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));
});
