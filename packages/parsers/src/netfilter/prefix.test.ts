import { expect, it } from 'vitest';
import { EventDraft } from '../event/draft.ts';
import { readPacketMessage } from './message.ts';

/** Prefixes that distributions and tools write before a packet, and what they say about it. */
it.each([
  ['', 'log', 'info', undefined],
  ['DROP-IN ', 'drop', 'denied', 'DROP-IN'],
  ['[UFW BLOCK] ', 'block', 'denied', 'UFW BLOCK'],
  ['[UFW ALLOW] ', 'allow', 'allowed', 'UFW ALLOW'],
  ['[UFW AUDIT INVALID] ', 'audit', 'info', 'UFW AUDIT INVALID'],
  ['Shorewall:net-fw:REJECT:', 'reject', 'denied', 'Shorewall:net-fw:REJECT'],
  ['"FINAL_REJECT: ', 'reject', 'denied', 'FINAL_REJECT'],
  ['STATE_INVALID_DROP: ', 'drop', 'denied', 'STATE_INVALID_DROP'],
  ['REJECT(src wan)', 'reject', 'denied', 'REJECT(src wan)'],
  ['[12345.678901] DROP wan in: ', 'drop', 'denied', 'DROP wan in'],
  ['[  12.5] FORWARDFW ', 'log', 'info', 'FORWARDFW'],
  ['[LAN_IN-4000-R]', 'reject', 'denied', 'LAN_IN-4000-R'],
  ['[ipv4-FWD-filter-default-D]', 'drop', 'denied', 'ipv4-FWD-filter-default-D'],
  // A rule set may be called what its rule does not do.
  ['[BLOCK-WAN-10-A]', 'accept', 'allowed', 'BLOCK-WAN-10-A'],
  ['Shorewall:deny2fw:ACCEPT:', 'accept', 'allowed', 'Shorewall:deny2fw:ACCEPT'],
  ['Firewall: *UDP_IN Blocked* ', 'blocked', 'denied', 'Firewall: *UDP_IN Blocked*'],
  ['SFW2-OUT-ACC-TCP ', 'accept', 'allowed', 'SFW2-OUT-ACC-TCP'],
  ['IPTables-Dropped: ', 'dropped', 'denied', 'IPTables-Dropped'],
  ['droplet eth ', 'log', 'info', 'droplet eth'],
  ['Mon Nov 23 19:56:31 2026 kern.warn kernel: [ 1.0] DROP wan in: ', 'drop', 'denied', 'DROP wan in'],
])('prefix %s', (prefix, action, type, rule) => {
  const draft = new EventDraft({});
  const text = `${prefix}IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=1 DPT=2`;
  expect(readPacketMessage(text, 0, undefined, draft)).toBe(true);
  expect(draft.event['event.action']).toBe(action);
  expect(draft.event['event.type']).toBe(type);
  expect(draft.event['rule.name']).toBe(rule);
  expect(draft.errors).toEqual([]);
});

it.each(['IN the beginning OUT= of it', 'OUT=eth0 IN=', 'x IN=a very long word OUT=', ''])('%s is no packet', (text) =>
  expect(readPacketMessage(text, 0, undefined, new EventDraft({}))).toBe(false),
);
