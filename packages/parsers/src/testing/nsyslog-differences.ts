import type { HeaderParts } from './header-cases.ts';

/** Where nsyslog-parser reads a header otherwise, and why ours does not. */
export interface NsyslogDifference {
  readonly why: string;
  readonly fields: readonly (keyof HeaderParts)[];
  /** Cases, by what they are about. */
  readonly cases: readonly string[];
}

export const NSYSLOG_DIFFERENCES: readonly NsyslogDifference[] = [
  {
    why: 'It leaves the `-` of missing structured data in the message when nothing follows.',
    fields: ['message'],
    cases: ['§6: every field nil'],
  },
  {
    why: 'It gives an error and no fields for a PRI above 191 and for a text without a first word; no record may be lost to that.',
    fields: ['version', 'hostname', 'appname', 'message'],
    cases: [
      '§6.2.1: PRI above 191 is named and the rest read',
      '§4.1.1: PRI above 191 is named',
      '§5.4 example 2: no time, so no host name either',
    ],
  },
  {
    why: 'It takes PRI with any number of digits; §6 allows three.',
    fields: ['priority', 'message'],
    cases: ['§4.1.1: four digits are no PRI'],
  },
  {
    why: 'It writes the word “undefined” where there is no message.',
    fields: ['message'],
    cases: ['§4.1.1: PRI and nothing else'],
  },
  {
    why: 'It takes every text that begins with a number for RFC 5424, whatever follows.',
    fields: ['version', 'time', 'hostname', 'appname', 'procid', 'msgid', 'message'],
    cases: [
      '§6.2.2: a version has no leading zero',
      '§6.2.3: a time that can’t be: no RFC 5424',
      '§6.2.3: a text that begins with a digit is no RFC 5424',
      '§6: a part left out: no RFC 5424',
      '§6: two spaces between parts: no RFC 5424',
      '§5.4 example 4: the year first, and the zone taken for the host name',
    ],
  },
  {
    why: 'It reads no time that ends with a point.',
    fields: ['time'],
    cases: ['§4.1.2: a point and no digits'],
  },
  {
    why: 'It has no leap second.',
    fields: ['time'],
    cases: ['§6.2.3: a leap second, which RFC 5424 forbids, is the next minute’s first'],
  },
  {
    why: 'It takes a day that does not exist in the month, or not in this year, for one of the next month.',
    fields: ['time', 'hostname', 'message'],
    cases: ['§4.1.2: 31 November is no time', '§4.1.2: 29 February'],
  },
  {
    why: 'It takes no colon, brace or comma inside host name, PROCID and MSGID, and ends the header there.',
    fields: ['hostname', 'appname', 'procid', 'msgid', 'message'],
    cases: [
      '§6.2.4: an IPv6 address as host name',
      '§6.2.5–6.2.7: APP-NAME, PROCID and MSGID may hold any printable character',
      '§4.1.2: an IPv6 address as host name',
      '§4.1.3: a tag without a blank behind it',
    ],
  },
  {
    why: 'It knows no escapes in values, and no elements without parameters.',
    fields: ['data', 'message'],
    cases: [
      '§6.3.3: escapes in a value',
      '§6.3.3: an empty value says nothing',
      '§6.3.1: an element without parameters',
    ],
  },
  {
    why: 'It looks for elements in the whole message; §6.3.5 ends the data at the first blank.',
    fields: ['data', 'message'],
    cases: ['§6.3.5: a space before the second element makes it message'],
  },
  {
    why: 'It trims messages.',
    fields: ['message'],
    cases: ['§6.4: a message that begins with a space keeps it'],
  },
  {
    why: 'It goes on filling host name, tag and PROCID with the words of the message until one ends with a colon.',
    fields: ['hostname', 'appname', 'procid', 'msgid', 'message'],
    cases: [
      'AIX: the host that was forwarded for',
      '§4.1.2: one space before a day of one digit, an hour of one digit',
      '§4.1.3: no tag',
      'Files of programs: a clock of twelve hours is no time here',
      'ASA: a name and no time',
      'Cisco: only PRI',
    ],
  },
  {
    why: 'It takes the first word for a host name, also where it is the tag or a number.',
    fields: ['hostname', 'appname', 'procid'],
    cases: ['§4.1.2: no host name', 'Linux: a host that nobody has named', 'Cisco: only a sequence number'],
  },
  {
    why: 'It knows no year, zone and words for PRI behind RFC 3164’s time: they are names for it, or the end of the header.',
    fields: ['priority', 'time', 'hostname', 'appname', 'procid', 'msgid', 'message'],
    cases: [
      '§5.4 example 3: zone and year behind the time',
      '§4.1.2: a year behind the time',
      '§4.1.2: a number behind the time that is no year is taken for the host name',
      '§4.1.2: UTC behind the time',
      '§4.1.2: an offset of hours behind the time, as C calls Istanbul’s zone',
      '§4.1.2: an offset behind the time',
      '§4.1.2: a zone’s name before host name and tag is the device’s own zone',
      'BusyBox: the same behind the host name',
    ],
  },
  {
    why: 'It knows no RFC 3164 header with a weekday, a year, or with an RFC 3339 time, and no columns of collectors’ files.',
    fields: ['priority', 'time', 'hostname', 'appname', 'procid', 'data', 'message'],
    cases: [
      '§4.1.2: the weekday first, the year last (C’s asctime)',
      '§4.1.2: the same with a zone before the year (date)',
      '§4.1.2: the same with an offset behind the year',
      '§4.1.2: the same with commas before milliseconds, and a zone',
      '§4.1.2: a program’s level behind an ISO date is no zone',
      '§4.1.2: a date with slashes',
      'Files of programs: a date with slashes, and no host name',
      'OpenWrt: facility and severity as words where PRI is missing (logread)',
      'Kiwi: the same before the host name, and PRI, which counts',
      'Kiwi: tabs between time, PRI in words, address and message in its files',
      'Kiwi: the same with the device’s tag',
      'Kiwi: the same with the device’s own time and name, which count',
      'Kiwi: commas in place of the tabs',
      'Kiwi: month, day and year, and a tab before the clock',
      'Kiwi: the same where month and day can’t be told apart: no time',
      'WinSyslog: received, reported, host, facility and severity in columns',
      'Columns that begin alike, of something else',
      '§4.1.2: more digits than nanoseconds have',
      'Containers: the stream, and whether the line is whole, stand behind the time',
      'RFC 5424 without PRI and version',
      'A count and dashes in an ordinary message',
      'ASA: zone and name',
      '§4.1.2: a year behind the day',
      '§4.1.2: RFC 3339 in its place (rsyslog)',
      '§4.1.2: the same with a space',
      'ASA: the name between blank and colon',
      'ASA: no name',
    ],
  },
  {
    why: 'It knows no sequence numbers, clock marks and names before Cisco’s time.',
    fields: ['time', 'hostname', 'message'],
    cases: [
      'Cisco: sequence number, clock not set, year, zone',
      'Cisco: sequence number, name, clock not synchronised',
      'Cisco: two sequence numbers, a word for a zone that means one offset',
      'NX-OS: a colon without its number, the year first',
    ],
  },
  {
    why: 'It reads one header, a relay’s, and nothing before it; and no address in brackets.',
    fields: ['priority', 'version', 'time', 'hostname', 'appname', 'procid', 'message'],
    cases: [
      'A relay’s header before the device’s own, which counts; its time has no zone, so the relay’s is surer',
      'The same without PRI: with names behind the second time',
      'A second PRI alone names no program: the first header’s stays',
      'A time in the message is no second header',
      'RFC 6587: the octet count that a file kept',
      'A byte order mark before the record',
      'An address of IPv6 in brackets',
      'RFC 5424’s version before the rest of RFC 3164',
    ],
  },
];
