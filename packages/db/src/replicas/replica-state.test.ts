import { expect, test } from 'vitest';
import { judgeReplica, type Look } from './replica-state.ts';

const primary: Look = { recovering: false, position: 100, identity: '7 app' };
const replica: Look = { recovering: true, position: 90, identity: '7 app' };

test.each([
  ['near', { replica, primary, lagMs: 10_000 }, { fault: null, lagSeconds: 10, position: 90 }],
  ['too late', { replica, primary, lagMs: 10_001 }, { fault: 'REPLICA_BEHIND', lagSeconds: 10.001 }],
  ['later than can be told', { replica, primary, lagMs: undefined }, { fault: 'REPLICA_BEHIND', lagSeconds: null }],
  ['away', { replica: null, primary, lagMs: undefined }, { fault: 'REPLICA_AWAY' }],
  ['no replica', { replica: primary, primary, lagMs: 0 }, { fault: 'REPLICA_TAKES_WRITES' }],
  [
    'another cluster',
    { replica: { ...replica, identity: '8 app' }, primary, lagMs: 0 },
    { fault: 'REPLICA_OF_ANOTHER' },
  ],
  ['before the primary was seen', { replica, primary: null, lagMs: undefined }, { fault: 'REPLICA_UNKNOWN' }],
])('a replica that is %s', (_, looks, state) => {
  expect(judgeReplica({ number: 2, maxLagMs: 10_000, ...looks })).toMatchObject({ number: 2, ...state });
});
