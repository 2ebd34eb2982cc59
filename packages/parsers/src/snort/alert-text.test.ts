import { expect, it } from 'vitest';
import { createRecordParser } from '../record-parser.ts';
import { FIXTURE_CONTEXT } from '../testing/fixtures.ts';

const parser = createRecordParser();

it.each([
  ['\n', '10.110.0.5:51000 -> 203.0.113.80:22', '10.110.0.5', 51_000, '203.0.113.80', 22],
  ['\r\n', '2001:db8:110::5:51000 -> 2001:db8:111::9:22', '2001:db8:110::5', 51_000, '2001:db8:111::9', 22],
])(
  'reads an alert of alert_full, whose packet has lines of its own (%j)',
  (end, parties, source, port, destination, service) => {
    const lines = [
      '[**] [1:1000006:2] ssh denemesi [**]',
      '[Classification: Potentially Bad Traffic] [Priority: 2] ',
      `11/23/26-19:56:31.123456 ${parties}`,
      'TCP TTL:127 TOS:0x0 ID:53730 IpLen:20 DgmLen:108 DF',
      '***AP*** Seq: 0x688E00E4  Ack: 0xBC730BB6  Win: 0x80B  TcpLen: 20',
    ];
    expect(parser.parse(Buffer.from(lines.join(end)), FIXTURE_CONTEXT)).toMatchObject({
      '@timestamp': Date.UTC(2026, 10, 23, 16, 56, 31) * 1000 + 123_456,
      'rule.id': '1000006',
      'rule.name': 'ssh denemesi',
      'rule.category': 'Potentially Bad Traffic',
      'source.ip': source,
      'source.port': port,
      'destination.ip': destination,
      'destination.port': service,
      'network.transport': 'tcp',
      'network.bytes': 108,
      'logmaster.parse.status': 'ok',
    });
  },
);
