import type { HeaderCase } from './header-cases.ts';

const NOV23 = '11-23T19:56:31.000000';

/** What devices send in place of RFC 3164. */
export const DEVICE_CASES: readonly HeaderCase[] = [
  {
    about: 'OpenWrt: facility and severity as words where PRI is missing (logread)',
    text: 'Mon Nov 23 19:56:31 2026 daemon.notice dnsmasq[1]: m',
    parts: { priority: 29, time: '2026-11-23T19:56:31.000000', appname: 'dnsmasq', procid: '1', message: 'm' },
  },
  {
    about: 'BusyBox: the same behind the host name',
    text: 'Nov 23 19:56:31 gw kern.warn kernel: m',
    parts: { priority: 4, time: NOV23, hostname: 'gw', appname: 'kernel', message: 'm' },
  },
  {
    about: 'Kiwi: the same before the host name, and PRI, which counts',
    text: '<13>2026-11-23 19:56:31 Local7.Debug gw app: m',
    parts: { priority: 13, time: '2026-11-23T19:56:31.000000', hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: 'Kiwi: tabs between time, PRI in words, address and message in its files',
    text: '2026-11-23 19:56:31\tLocal4.Info\t10.0.0.1\tid=fw m',
    parts: { priority: 166, time: '2026-11-23T19:56:31.000000', hostname: '10.0.0.1', message: 'id=fw m' },
  },
  {
    about: 'Kiwi: the same with the device’s tag',
    text: '2026-11-23 19:56:31\tDaemon.Notice\t10.0.0.1\tsshd[12]: m',
    parts: {
      priority: 29,
      time: '2026-11-23T19:56:31.000000',
      hostname: '10.0.0.1',
      appname: 'sshd',
      procid: '12',
      message: 'm',
    },
  },
  {
    about: 'Kiwi: the same with the device’s own time and name, which count',
    text: '2026-11-23 19:56:33\tDaemon.Notice\t10.0.0.1\tNov 23 19:56:31 gw sshd[12]: m',
    parts: { priority: 29, time: NOV23, hostname: 'gw', appname: 'sshd', procid: '12', message: 'm' },
  },
  {
    about: 'Kiwi: commas in place of the tabs',
    text: '2026-11-23 19:56:31,Local4.Info,10.0.0.1,sshd[12]: m',
    parts: {
      priority: 166,
      time: '2026-11-23T19:56:31.000000',
      hostname: '10.0.0.1',
      appname: 'sshd',
      procid: '12',
      message: 'm',
    },
  },
  {
    about: 'Kiwi: month, day and year, and a tab before the clock',
    text: '11-23-2026\t19:56:31\tLocal7.Notice\t10.0.0.1\tapp: m',
    parts: {
      priority: 189,
      time: '2026-11-23T19:56:31.000000',
      hostname: '10.0.0.1',
      appname: 'app',
      message: 'm',
    },
  },
  {
    about: 'Kiwi: the same where month and day can’t be told apart: no time',
    text: '10-11-2026\t19:56:31\tLocal7.Notice\t10.0.0.1\tapp: m',
    parts: { priority: 189, hostname: '10.0.0.1', appname: 'app', message: 'm' },
  },
  {
    about: 'WinSyslog: received, reported, host, facility and severity in columns',
    text: '2026-11-23,19:56:33,2026-11-23,19:56:31,10.0.0.1,16,5,sshd[12]: m',
    parts: {
      priority: 133,
      time: '2026-11-23T19:56:31.000000',
      hostname: '10.0.0.1',
      appname: 'sshd',
      procid: '12',
      message: 'm',
    },
  },
  {
    about: 'Columns that begin alike, of something else',
    text: '2026-11-23,19:56:33,2026-11-23,19:56:31,10.0.0.1,99,5,m',
    parts: { message: '2026-11-23,19:56:33,2026-11-23,19:56:31,10.0.0.1,99,5,m' },
  },
  {
    about: 'AIX: the host that was forwarded for',
    text: '<38>Nov 23 19:56:31 Message forwarded from gw-7: sshd[12]: m',
    parts: { priority: 38, time: NOV23, hostname: 'gw-7', appname: 'sshd', procid: '12', message: 'm' },
  },
  {
    about: 'Linux: a host that nobody has named',
    text: '<30>Nov 23 19:56:31 (none) dnsmasq[12]: m',
    parts: { priority: 30, time: NOV23, appname: 'dnsmasq', procid: '12', message: 'm' },
  },
  {
    about: 'Containers: the stream, and whether the line is whole, stand behind the time',
    text: '2026-11-23T16:56:31.123456789Z stderr F gw app: m',
    parts: { time: '2026-11-23T16:56:31.123456Z', message: 'gw app: m' },
  },
  {
    about: 'A host’s name with a dot is no facility and severity',
    text: 'Nov 23 19:56:31 mail.example app: m',
    parts: { time: NOV23, hostname: 'mail.example', appname: 'app', message: 'm' },
  },
  {
    about: 'FortiOS: pairs behind PRI',
    text: '<189>date=2026-11-23 time=19:56:31 x=1',
    parts: { priority: 189, message: 'date=2026-11-23 time=19:56:31 x=1' },
  },
  {
    about: 'RouterOS: topics are no host name and no tag',
    text: '<30>Nov 23 19:56:31 firewall,info forward: in:a',
    parts: { priority: 30, time: NOV23, message: 'firewall,info forward: in:a' },
  },
  {
    about: 'Cisco: sequence number, clock not set, year, zone',
    text: '<189>45: *Nov 23 2026 19:56:31.123 UTC: %ASA-6-302013: Built',
    parts: { priority: 189, time: '2026-11-23T19:56:31.123000Z', message: '%ASA-6-302013: Built' },
  },
  {
    about: 'Cisco: sequence number, name, clock not synchronised',
    text: '<189>45: rtr1: .Nov 23 19:56:31: %SYS-5-X: m',
    parts: { priority: 189, time: NOV23, hostname: 'rtr1', message: '%SYS-5-X: m' },
  },
  {
    about: 'Cisco: two sequence numbers, a word for a zone that means one offset',
    text: '<189>7: rtr1: 000045: Nov 23 19:56:31 TRT: %SYS-5-X: m',
    parts: { priority: 189, time: '11-23T19:56:31.000000+03:00', hostname: 'rtr1', message: '%SYS-5-X: m' },
  },
  {
    about: 'NX-OS: a colon without its number, the year first',
    text: '<189>: 2026 Nov 23 19:56:31 UTC: %LINK-3-X: m',
    parts: { priority: 189, time: '2026-11-23T19:56:31.000000Z', message: '%LINK-3-X: m' },
  },
  {
    about: 'ASA: the name between blank and colon',
    text: '<166>Nov 23 2026 19:56:31 fw1 : %ASA-6-1: m',
    parts: { priority: 166, time: '2026-11-23T19:56:31.000000', hostname: 'fw1', message: '%ASA-6-1: m' },
  },
  {
    about: 'ASA: zone and name',
    text: '<166>Nov 23 2026 19:56:31 edt fw1 : %ASA-6-1: m',
    parts: { priority: 166, time: '2026-11-23T19:56:31.000000', hostname: 'fw1', message: '%ASA-6-1: m' },
  },
  {
    about: 'ASA: no name',
    text: '<166>Nov 23 2026 19:56:31: %ASA-6-1: m',
    parts: { priority: 166, time: '2026-11-23T19:56:31.000000', message: '%ASA-6-1: m' },
  },
  {
    about: 'ASA: a name and no time',
    text: '<166>fw1 %ASA-6-1: m',
    parts: { priority: 166, hostname: 'fw1', message: '%ASA-6-1: m' },
  },
  {
    about: 'Cisco: only a sequence number',
    text: '<189>45: %SYS-5-X: m',
    parts: { priority: 189, message: '%SYS-5-X: m' },
  },
  {
    about: 'Cisco: only a name',
    text: '<189>rtr1: %SYS-5-X: m',
    parts: { priority: 189, hostname: 'rtr1', message: '%SYS-5-X: m' },
  },
  { about: 'Cisco: only PRI', text: '<166>%ASA-6-1: m', parts: { priority: 166, message: '%ASA-6-1: m' } },
  {
    about: 'RFC 5424 without PRI and version',
    text: '2026-11-23T19:56:31+03:00 fw1 filterlog 87496 - [meta sequenceId="7"] m',
    parts: {
      time: '2026-11-23T19:56:31.000000+03:00',
      hostname: 'fw1',
      appname: 'filterlog',
      procid: '87496',
      data: { meta_sequenceId: '7' },
      message: 'm',
    },
  },
  {
    about: 'A count and dashes in an ordinary message',
    text: '2026-11-23T19:56:31+03:00 fw1 app: 5 - m',
    parts: { time: '2026-11-23T19:56:31.000000+03:00', hostname: 'fw1', appname: 'app', message: '5 - m' },
  },
  { about: 'Nothing at all', text: '', parts: { message: '' } },
  {
    about: 'A relay’s header before the device’s own, which counts; its time has no zone, so the relay’s is surer',
    text: '<13>1 2026-11-23T16:56:32.5Z relay-1 - - - - <134>Nov 23 19:56:31 gw app[7]: m',
    parts: {
      priority: 134,
      version: '1',
      time: '2026-11-23T16:56:32.500000Z',
      hostname: 'gw',
      appname: 'app',
      procid: '7',
      message: 'm',
    },
  },
  {
    about: 'The same without PRI: with names behind the second time',
    text: '<13>Nov 23 19:56:32 relay-1 Nov 23 19:56:31 gw app: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: 'A second PRI alone names no program: the first header’s stays',
    text: '<30>Nov 23 19:56:31 gw app[7]: <134>m',
    parts: { priority: 134, time: NOV23, hostname: 'gw', appname: 'app', procid: '7', message: 'm' },
  },
  {
    about: 'A time in the message is no second header',
    text: '<13>Nov 23 19:56:31 gw Nov 23 19:56:30 door opened',
    parts: { priority: 13, time: NOV23, hostname: 'gw', message: 'Nov 23 19:56:30 door opened' },
  },
  {
    about: 'RFC 6587: the octet count that a file kept',
    text: '34 <13>Nov 23 19:56:31 gw app: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: 'A byte order mark before the record',
    text: '\ufeff<13>Nov 23 19:56:31 gw app: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', message: 'm' },
  },
  {
    about: 'An address of IPv6 in brackets',
    text: '<13>Nov 23 19:56:31 [2001:db8::1] app: m',
    parts: { priority: 13, time: NOV23, hostname: '2001:db8::1', appname: 'app', message: 'm' },
  },
  {
    about: 'RFC 5424’s version before the rest of RFC 3164',
    text: '<13>1 Nov 23 19:56:31 gw app: m',
    parts: { priority: 13, time: NOV23, hostname: 'gw', appname: 'app', message: 'm' },
  },
];
