import { expect, test } from 'vitest';
import { serviceName } from './service-names.ts';

test.each([
  [443, 'tcp', 'https'],
  [443, 'udp', 'https'],
  [53, 'udp', 'domain'],
  [514, 'tcp', 'shell'],
  [514, 'udp', 'syslog'],
  [8291, 'tcp', 'winbox'],
  [8291, 'udp', undefined],
  [443, 'sctp', undefined],
  [443, undefined, undefined],
  [undefined, 'tcp', undefined],
  [0, 'tcp', undefined],
  [70_000, 'tcp', undefined],
  [-1, 'udp', undefined],
  [49_152, 'tcp', undefined],
])('%s/%s is %s', (port, transport, name) => expect(serviceName(port, transport)).toBe(name));
