import type { FlatEvent } from '@logmaster/core/event/event';
import { expect, it } from 'vitest';
import { EventDraft } from '../event/draft.ts';
import { setEndpoint } from './endpoint.ts';

const FIELDS = {
  ip: 'source.ip',
  port: 'source.port',
  name: 'source.domain',
  interface: 'observer.ingress.interface.name',
} as const;

it.each([
  ['10.0.0.5:51514:X0:pc-031', ['10.0.0.5', 51514, 'X0', 'pc-031']],
  ['10.0.0.5:51514:X0', ['10.0.0.5', 51514, 'X0', undefined]],
  ['10.0.0.5:51514', ['10.0.0.5', 51514, undefined, undefined]],
  ['10.0.0.5', ['10.0.0.5', undefined, undefined, undefined]],
  ['10.0.0.5::X0', ['10.0.0.5', undefined, 'X0', undefined]],
  ['10.0.0.5:443:X1:10.0.0.5', ['10.0.0.5', 443, 'X1', undefined]],
  [':8080:X0', [undefined, 8080, 'X0', undefined]],
  ['2001:db8::5', ['2001:db8::5', undefined, undefined, undefined]],
  ['[2001:db8::5]:443', ['2001:db8::5', 443, undefined, undefined]],
  ['[2001:db8::5]:443:X1', ['2001:db8::5', 443, 'X1', undefined]],
  ['10.0.0.5:0:X0', ['10.0.0.5', undefined, 'X0', undefined]],
  ['::51514:X0', [undefined, 51514, 'X0', undefined]],
  ['::LAN:pc', [undefined, undefined, 'LAN', 'pc']],
])('%s', (value, [ip, port, side, name]) => {
  const event: FlatEvent = { '@timestamp': 0, message: '' };
  const draft = new EventDraft(event);
  setEndpoint(draft, value as string, FIELDS, 'src');
  expect([event['source.ip'], event['source.port']]).toEqual([ip, port]);
  expect([event['observer.ingress.interface.name'], event['source.domain']]).toEqual([side, name]);
  expect(draft.errors).toEqual([]);
});

it('what is no address is kept as a label', () => {
  const event: FlatEvent = { '@timestamp': 0, message: '' };
  setEndpoint(new EventDraft(event), 'host-a', FIELDS, 'src');
  expect(event.labels).toEqual({ src: 'host-a' });
});
