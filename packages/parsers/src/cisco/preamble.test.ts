import type { FlatEvent } from '@logmaster/core/event/event';
import { microsToRfc3339 } from '@logmaster/core/time';
import { expect, it } from 'vitest';
import { EventDraft } from '../event/draft.ts';
import { findMark, readPreamble } from './preamble.ts';

function read(text: string) {
  const event: FlatEvent = {};
  const mark = findMark(text, 0);
  const time = readPreamble({ text, messageAt: 0, header: { messageAt: 0 } }, mark, new EventDraft(event))?.written?.();
  return [event['observer.name'], time && microsToRfc3339(time.local).slice(time.yearMissing ? 5 : 0, 19)];
}

it.each([
  ['%SYS-5-X: m', undefined, undefined],
  [':Nov 23 19:56:31 TRT: %ASA-6-1: m', undefined, '11-23T19:56:31'],
  [': Nov 23 2026 19:56:31 EDT: %ASA-6-1: m', undefined, '2026-11-23T19:56:31'],
  ['585917: *Nov 23 19:56:31.272: %SEC-6-X: m', undefined, '11-23T19:56:31'],
  ['45: r1: 000045: .Nov 23 2026 19:56:31.123 UTC+3: %SYS-5-X: m', 'r1', '2026-11-23T19:56:31'],
  ['7433: ASR920: 007439: 2y10w: %SYS-5-X: m', 'ASR920', undefined],
  ['RP/0/RP0/CPU0:Nov 23 19:56:31.630 TRT: ipv4_acl_mgr[310]: %ACL-6-X : m', undefined, '11-23T19:56:31'],
])('%s', (text, name, time) => expect(read(text)).toEqual([name, time]));

it.each([
  ['EDT', -4],
  ['cest', 2],
  ['TRT', 3],
  ['UTC+3', 3],
  ['UTC-07:30', -7.5],
  ['EET', undefined],
  ['CST', undefined],
])('zone %s', (zone, hours) => {
  const text = `: Nov 23 2026 19:56:31.123 ${zone}: %SYS-5-X: m`;
  const draft = new EventDraft({});
  const time = readPreamble({ text, messageAt: 0, header: { messageAt: 0 } }, findMark(text, 0), draft)?.written?.();
  expect(time?.offset).toBe(hours === undefined ? undefined : hours * 3_600_000_000);
});

it('looks for a mark near the start only', () => {
  expect(findMark('no mark here', 0)).toBe(-1);
  expect(findMark(`${'x'.repeat(200)} %SYS-5-X: m`, 0)).toBe(-1);
});
