import type { FlatEvent } from '@logmaster/core/event/event';
import { expect, test } from 'vitest';
import { claimOf } from './identity-claim.ts';

const base: FlatEvent = { '@timestamp': 1_000, 'logmaster.record.id': 'n.w.1.2', 'source.ip': '10.0.0.5' };
const person: FlatEvent = { ...base, 'event.category': 'authentication', 'user.name': 'ayse' };
const lease: FlatEvent = { ...base, 'network.protocol': 'dhcp', 'source.mac': '00-00-5E-00-53-23', 'host.name': 'pc' };

test.each<[string, FlatEvent, object | undefined]>([
  [
    'a login',
    { ...person, 'event.type': 'start', 'event.outcome': 'success' },
    { kind: 'login', user: 'ayse', at: 1_000 },
  ],
  ['a login that failed', { ...person, 'event.type': 'start', 'event.outcome': 'failure' }, undefined],
  ['a logout', { ...person, 'event.type': 'end' }, { kind: 'logout', user: 'ayse' }],
  ['an attempt', { ...person, 'event.type': 'info' }, undefined],
  [
    'an interim update',
    { ...person, 'event.type': 'info', 'event.dataset': 'radius.accounting', 'logmaster.transport': 'radius' },
    { kind: 'login', until: undefined },
  ],
  [
    'a RADIUS record that came by syslog',
    { ...person, 'event.type': 'start', 'event.dataset': 'radius.accounting', 'logmaster.transport': 'udp' },
    undefined,
  ],
  [
    'an identity event that came by syslog',
    { ...person, 'event.type': 'start', 'event.dataset': 'logmaster.identity', 'logmaster.transport': 'tcp' },
    undefined,
  ],
  [
    'an identity event',
    { ...person, 'event.type': 'start', 'event.dataset': 'logmaster.identity', 'logmaster.transport': 'internal' },
    { kind: 'login' },
  ],
  ['a login with an end', { ...person, 'event.type': 'start', 'event.end': 5_000 }, { kind: 'login', until: 5_000 }],
  ['an administrator over ssh', { ...person, 'event.type': 'start', 'network.protocol': 'ssh' }, undefined],
  ['an administrator of FortiOS', { ...person, 'event.type': 'start', labels: { ui: 'https(10.0.0.5)' } }, undefined],
  [
    'the inner address of a VPN',
    { ...person, 'event.type': 'start', labels: { tunnelip: '10.212.134.200' } },
    { kind: 'login', address: '10.212.134.200' },
  ],
  ['no user', { ...base, 'event.category': 'authentication', 'event.type': 'start' }, undefined],
  ['no address', { ...person, 'source.ip': undefined as never, 'event.type': 'start' }, undefined],
  [
    'a NAS that starts anew',
    {
      ...{ '@timestamp': 5, 'event.category': 'host', 'event.dataset': 'radius.accounting', 'observer.ip': '10.9.0.1' },
      'logmaster.transport': 'radius',
    },
    { kind: 'restart', address: '10.9.0.1', at: 5 },
  ],
  ['a lease', { ...lease, 'event.type': 'start' }, { kind: 'lease', mac: '00-00-5E-00-53-23', host: 'pc' }],
  ['a lease with its length', { ...lease, 'event.type': 'start', labels: { lease: '60' } }, { until: 60_001_000 }],
  ['a lease with its end', { ...lease, 'event.type': 'start', 'event.end': 9_000 }, { kind: 'lease', until: 9_000 }],
  ['a release', { ...lease, 'event.type': 'end' }, { kind: 'release', record: 'n.w.1.2' }],
  ['an offer', { ...lease, 'event.type': 'info' }, undefined],
  ['traffic', { ...base, 'event.category': 'network', 'event.type': 'end', 'user.name': 'ayse' }, undefined],
])('%s', (_name, event, claim) => {
  if (claim === undefined) expect(claimOf(event)).toBeUndefined();
  else expect(claimOf(event)).toMatchObject(claim);
});
