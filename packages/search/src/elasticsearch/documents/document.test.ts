import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, FIELD_NAMES } from '@logmaster/core/event/fields';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseEvents, makeEvent } from '../../conformance/events.ts';
import { encodeDocument } from './document.ts';
import { decodeEvent } from './stored-event.ts';

/** The document, and what comes back: `search` is never kept. */
function roundTrip(event: FlatEvent) {
  const document = JSON.parse(encodeDocument(event)) as Record<string, unknown> & { search: Record<string, unknown> };
  const { search, ...source } = document;
  return { search, source, event: decodeEvent(source) };
}

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
const VALUES = { date: fc.maxSafeInteger(), long: fc.maxSafeInteger(), ip: fc.ipV6(), keyword: anyText, text: anyText };
const anyEvent = fc
  .subarray([...FIELD_NAMES])
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, VALUES[EVENT_FIELDS[name].type]]))))
  .chain((event) =>
    fc.record({ event: fc.constant(event), labels: fc.dictionary(anyText, anyText), tail: fc.boolean() }),
  )
  // the record's type is lost in Object.fromEntries
  .map(({ event, labels, tail }) => {
    const made = { ...event, labels } as FlatEvent;
    return tail && made.message !== undefined ? { ...made, 'event.original': `<1>x ${made.message}` } : made;
  });

const wellFormed = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.toWellFormed()
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]))
      : value;

test('any event comes back as it was', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(roundTrip(event).event).toEqual(wellFormed(event));
    }),
  );
  for (const event of caseEvents()) expect(roundTrip(event).event).toEqual(event);
});

test('labels may be called anything', () => {
  const labels = JSON.parse(
    '{"__proto__":"a","constructor":"b","":"c","a.b":"d","toString":"e"}',
  ) as FlatEvent['labels'];
  const long = { ['k'.repeat(20_000)]: 'v', short: 'v'.repeat(9000) };
  expect(roundTrip({ labels: { ...labels, ...long } }).event).toEqual({ labels: { ...labels, ...long } });
});

test('a message that ends the raw text is kept and cut once', () => {
  const { search, source } = roundTrip({ message: 'Session closed', 'event.original': '<189>fw: Session closed' });
  expect(source).toEqual({ 'event.original': '<189>fw: Session closed', message_start: 9 });
  expect(search).toMatchObject({
    words: { message: 'session | closed', original: '189 | fw | session | closed' },
    has: ['message', 'event.original', 'tail'],
  });
});

test('folded values stand beside the values only where they differ', () => {
  const { search } = roundTrip({ 'user.name': 'IŞIL', 'event.type': 'denied', labels: { zone: 'LAN' } });
  expect(search).toMatchObject({ folded: { 'user.name': 'işil' }, labels: ['zone=lan'] });
  expect(search.folded).not.toHaveProperty('event.type');
});

test('what is too long is marked and has a stand-in', () => {
  const { search } = roundTrip({
    message: 'x'.repeat(300),
    'user.name': 'y'.repeat(9000),
    labels: { a: 'z'.repeat(9000) },
  });
  expect(search.cut).toEqual(['user.name', 'message', 'labels.a']);
  expect(search.folded).toEqual({ 'user.name': expect.stringMatching(/^#[A-P]{64}$/) });
  expect(search.labels).toEqual([expect.stringMatching(/^a=#[A-P]{64}$/)]);
});

test('unknown names are left out, and a value of the wrong type is refused', () => {
  expect(roundTrip({ ...makeEvent(0), surprise: 'x' } as FlatEvent).event).toEqual(makeEvent(0));
  for (const wrong of [
    { 'source.port': 1.5 },
    { 'source.port': '80' },
    { 'user.name': 7 },
    { '@timestamp': Number.NaN },
  ]) {
    expect(() => encodeDocument(wrong as FlatEvent)).toThrow(AppError);
  }
});
