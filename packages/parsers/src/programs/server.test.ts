import { expect, it } from 'vitest';
import { EventDraft } from '../event/draft.ts';
import { byProgram, setServer } from './server.ts';

it('finds a server under each name of its programs', () => {
  const table = byProgram([
    ['bind', ['named', 'bind9']],
    ['unbound', ['unbound']],
  ]);
  expect([...table]).toEqual([
    ['named', 'bind'],
    ['bind9', 'bind'],
    ['unbound', 'unbound'],
  ]);
});

it('begins an event with its product, which is its own vendor where none is named', () => {
  const draft = new EventDraft({});
  setServer(draft, { dataset: 'openvpn.server', product: 'OpenVPN', type: 'vpn' });
  expect(draft.event).toEqual({
    'event.dataset': 'openvpn.server',
    'event.category': 'host',
    'event.type': 'info',
    'observer.vendor': 'OpenVPN',
    'observer.product': 'OpenVPN',
    'observer.type': 'vpn',
  });
  setServer(draft, { dataset: 'isc.bind', vendor: 'ISC', product: 'BIND', type: 'dns-server' });
  expect(draft.event['observer.vendor']).toBe('ISC');
});
