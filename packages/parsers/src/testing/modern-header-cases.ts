import type { HeaderCase } from './header-cases.ts';

const LONG_HOST = 'h'.repeat(255);

/** RFC 5424, by its sections. */
export const MODERN_CASES: readonly HeaderCase[] = [
  {
    about: '§6.5 example 1: byte order mark before the message',
    text: "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8",
    parts: {
      priority: 34,
      version: '1',
      time: '2003-10-11T22:14:15.003000Z',
      hostname: 'mymachine.example.com',
      appname: 'su',
      msgid: 'ID47',
      message: "'su root' failed for lonvick on /dev/pts/8",
    },
  },
  {
    about: '§6.5 example 2: offset, address as host name, no structured data',
    text: "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.",
    parts: {
      priority: 165,
      version: '1',
      time: '2003-08-24T05:14:15.000003-07:00',
      hostname: '192.0.2.1',
      appname: 'myproc',
      procid: '8710',
      message: "%% It's time to make the do-nuts.",
    },
  },
  {
    about: '§6.5 example 3: one element',
    text: '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] An application event log entry...',
    parts: {
      priority: 165,
      version: '1',
      time: '2003-10-11T22:14:15.003000Z',
      hostname: 'mymachine.example.com',
      appname: 'evntslog',
      msgid: 'ID47',
      data: {
        'exampleSDID@32473_iut': '3',
        'exampleSDID@32473_eventSource': 'Application',
        'exampleSDID@32473_eventID': '1011',
      },
      message: 'An application event log entry...',
    },
  },
  {
    about: '§6.5 example 4: two elements, no message',
    text: '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application"][examplePriority@32473 class="high"]',
    parts: {
      priority: 165,
      version: '1',
      time: '2003-10-11T22:14:15.003000Z',
      hostname: 'mymachine.example.com',
      appname: 'evntslog',
      msgid: 'ID47',
      data: {
        'exampleSDID@32473_iut': '3',
        'exampleSDID@32473_eventSource': 'Application',
        'examplePriority@32473_class': 'high',
      },
      message: '',
    },
  },
  {
    about: '§6: every field nil',
    text: '<13>1 - - - - - -',
    parts: { priority: 13, version: '1', message: '' },
  },
  {
    about: '§6.2.1: the lowest PRI',
    text: '<0>1 - h a - - - m',
    parts: { priority: 0, version: '1', hostname: 'h', appname: 'a', message: 'm' },
  },
  {
    about: '§6.2.1: the highest PRI',
    text: '<191>1 - h a - - - m',
    parts: { priority: 191, version: '1', hostname: 'h', appname: 'a', message: 'm' },
  },
  {
    about: '§6.2.1: PRI above 191 is named and the rest read',
    text: '<192>1 - h a - - - m',
    parts: { version: '1', hostname: 'h', appname: 'a', fault: 'log.syslog.priority', message: 'm' },
  },
  {
    about: '§6.2.2: another version is read alike',
    text: '<13>2 - h a - - - m',
    parts: { priority: 13, version: '2', hostname: 'h', appname: 'a', message: 'm' },
  },
  {
    about: '§6.2.2: a version has no leading zero',
    text: '<13>01 - h a - - - m',
    parts: { priority: 13, message: '01 - h a - - - m' },
  },
  {
    about: '§6.2.3 example 1: hundredths',
    text: '<13>1 1985-04-12T23:20:50.52Z h a - - - m',
    parts: {
      priority: 13,
      version: '1',
      time: '1985-04-12T23:20:50.520000Z',
      hostname: 'h',
      appname: 'a',
      message: 'm',
    },
  },
  {
    about: '§6.2.3 example 5 is not valid: nanoseconds are cut to µs',
    text: '<13>1 2003-08-24T05:14:15.000000003-07:00 h a - - - m',
    parts: {
      priority: 13,
      version: '1',
      time: '2003-08-24T05:14:15.000000-07:00',
      hostname: 'h',
      appname: 'a',
      message: 'm',
    },
  },
  {
    about: '§6.2.3: a leap second, which RFC 5424 forbids, is the next minute’s first',
    text: '<13>1 2016-12-31T23:59:60Z h a - - - m',
    parts: {
      priority: 13,
      version: '1',
      time: '2017-01-01T00:00:00.000000Z',
      hostname: 'h',
      appname: 'a',
      message: 'm',
    },
  },
  {
    about: '§6.2.3: without an offset, the device’s zone',
    text: '<13>1 2026-11-23T19:56:31 h a - - - m',
    parts: {
      priority: 13,
      version: '1',
      time: '2026-11-23T19:56:31.000000',
      hostname: 'h',
      appname: 'a',
      message: 'm',
    },
  },
  {
    about: '§6.2.3: a time that can’t be: no RFC 5424',
    text: '<13>1 2026-02-30T19:56:31Z h a - - - m',
    parts: { priority: 13, message: '1 2026-02-30T19:56:31Z h a - - - m' },
  },
  {
    about: '§6.2.3: a text that begins with a digit is no RFC 5424',
    text: '<13>1 packet dropped on port 5 today or so',
    parts: { priority: 13, message: '1 packet dropped on port 5 today or so' },
  },
  {
    about: '§6.2.4: an IPv6 address as host name',
    text: '<13>1 - 2001:db8::1 a - - - m',
    parts: { priority: 13, version: '1', hostname: '2001:db8::1', appname: 'a', message: 'm' },
  },
  {
    about: '§6.2.4: a host name of 255 characters',
    text: `<13>1 - ${LONG_HOST} a - - - m`,
    parts: { priority: 13, version: '1', hostname: LONG_HOST, appname: 'a', message: 'm' },
  },
  {
    about: '§6.2.5–6.2.7: APP-NAME, PROCID and MSGID may hold any printable character',
    text: '<13>1 - h a/b[c] 8710:x {ID=47} - m',
    parts: {
      priority: 13,
      version: '1',
      hostname: 'h',
      appname: 'a/b[c]',
      procid: '8710:x',
      msgid: '{ID=47}',
      message: 'm',
    },
  },
  {
    about: '§6.3.3: escapes in a value',
    text: '<13>1 - h a - - [x@1 p="a\\"b\\]c\\\\d"] m',
    parts: { priority: 13, version: '1', hostname: 'h', appname: 'a', data: { 'x@1_p': 'a"b]c\\d' }, message: 'm' },
  },
  {
    about: '§6.3.3: a backslash before another character stays',
    text: '<13>1 - h a - - [x@1 p="a\\nb"] m',
    parts: { priority: 13, version: '1', hostname: 'h', appname: 'a', data: { 'x@1_p': 'a\\nb' }, message: 'm' },
  },
  {
    about: '§6.3.1: an element without parameters',
    text: '<13>1 - h a - - [x@1] m',
    parts: { priority: 13, version: '1', hostname: 'h', appname: 'a', message: 'm' },
  },
  {
    about: '§6.3.3: an empty value says nothing',
    text: '<13>1 - h a - - [x@1 p="" q="1"] m',
    parts: {
      priority: 13,
      version: '1',
      hostname: 'h',
      appname: 'a',
      data: { 'x@1_p': '', 'x@1_q': '1' },
      message: 'm',
    },
  },
  {
    about: '§6.3.5: a space before the second element makes it message',
    text: '<13>1 - h a - - [x@1 p="1"] [y@1 q="2"] m',
    parts: {
      priority: 13,
      version: '1',
      hostname: 'h',
      appname: 'a',
      data: { 'x@1_p': '1' },
      message: '[y@1 q="2"] m',
    },
  },
  {
    about: '§6.3: data that never ends is named and stays in the message',
    text: '<13>1 - h a - - [x@1 p="open m',
    parts: {
      priority: 13,
      version: '1',
      hostname: 'h',
      appname: 'a',
      fault: 'log.syslog.structured_data',
      message: '[x@1 p="open m',
    },
  },
  {
    about: '§6.3: data left out altogether is named',
    text: '<13>1 - h a - - m',
    parts: {
      priority: 13,
      version: '1',
      hostname: 'h',
      appname: 'a',
      fault: 'log.syslog.structured_data',
      message: 'm',
    },
  },
  {
    about: '§6.4: a message that begins with a space keeps it',
    text: '<13>1 - h a - - -  m',
    parts: { priority: 13, version: '1', hostname: 'h', appname: 'a', message: ' m' },
  },
  {
    about: '§6: a part left out: no RFC 5424',
    text: '<13>1 - h a - -',
    parts: { priority: 13, message: '1 - h a - -' },
  },
  {
    about: '§6: two spaces between parts: no RFC 5424',
    text: '<13>1 -  h a - - - m',
    parts: { priority: 13, message: '1 -  h a - - - m' },
  },
];
