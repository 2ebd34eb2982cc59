import type { FlatEvent } from '@logmaster/core/event/event';
import { expect, it } from 'vitest';
import { EventDraft } from './draft.ts';
import { dropUntranslated } from './translation.ts';

const OWN = { 'source.ip': '10.0.0.5', 'source.port': 4000 };

it.each<[about: string, translated: FlatEvent, left: FlatEvent]>([
  ['the own address and port', { 'source.nat.ip': '10.0.0.5', 'source.nat.port': 4000 }, {}],
  ['the own address and no port', { 'source.nat.ip': '10.0.0.5' }, {}],
  ['a port without an address', { 'source.nat.port': 4000 }, {}],
  [
    'another port of the own address',
    { 'source.nat.ip': '10.0.0.5', 'source.nat.port': 4001 },
    { 'source.nat.ip': '10.0.0.5', 'source.nat.port': 4001 },
  ],
  ['another address', { 'source.nat.ip': '192.0.2.1' }, { 'source.nat.ip': '192.0.2.1' }],
])('%s', (_, translated, left) => {
  const event: FlatEvent = { ...OWN, ...translated };
  dropUntranslated(new EventDraft(event));
  expect(event).toEqual({ ...OWN, ...left });
});
