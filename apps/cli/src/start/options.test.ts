import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { parseStartOptions, publicUrl } from './options.ts';

test('without options the documented ports are used', () => {
  const options = parseStartOptions([]);
  expect(options.ports).toEqual({
    web: 3000,
    ...{ syslog: 5514, syslogTls: 6514, relp: 2514, beats: 5044 },
    ...{ metrics: 9600, postgres: 5543 },
  });
  expect(publicUrl(options)).toBe('http://localhost:3000');
});

test('--port-base moves every port, also those that are named', () => {
  const { ports } = parseStartOptions(['--port-base', '1000', '--port', '8080']);
  expect(ports).toEqual({
    web: 9080,
    ...{ syslog: 6514, syslogTls: 7514, relp: 3514, beats: 6044 },
    ...{ metrics: 10_600, postgres: 6543 },
  });
});

test.each([
  [['--port', '0'], '--port must be a whole number from 1 to 65535'],
  [['--port', '80a'], '--port must be'],
  [['--syslog-port=65535', '--port-base', '1'], '--syslog-port 65535 and --port-base 1 together exceed 65535'],
  [['--url', 'javascript:alert(1)'], '--url must be an http or https address'],
  [['--prot', '3000'], "Unknown option '--prot'"],
  [['data'], 'Unexpected argument'],
])('%j is wrong use', (args, message) => {
  const parse = () => parseStartOptions(args);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});

test.each([
  [['--host', '0.0.0.0', '--port', '3100'], 'http://localhost:3100'],
  [['--host', '192.0.2.7'], 'http://192.0.2.7:3000'],
  [['--host', '2001:db8::7'], 'http://[2001:db8::7]:3000'],
  [['--host', '0.0.0.0', '--url', 'https://logs.example.org/'], 'https://logs.example.org'],
])('%j is reached at %s', (args, url) => {
  expect(publicUrl(parseStartOptions(args))).toBe(url);
});

test.each([
  [[], undefined],
  [['--sample'], 60],
  [['--sample', '--segment-seconds', '5'], 5],
])('%j closes segments after %s s', (args, seconds) => {
  expect(parseStartOptions(args).segmentSeconds).toBe(seconds);
});
