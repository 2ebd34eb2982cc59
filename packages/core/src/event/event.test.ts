import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ecsEventSchema, type FlatEvent, fromEcs, toEcs } from './event.ts';
import { EVENT_FIELDS, FIELD_NAMES } from './fields.ts';

const VALUES = {
  date: fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
  ip: fc.oneof(fc.ipV4(), fc.ipV6()),
  keyword: fc.string(),
  text: fc.string(),
  long: fc.maxSafeInteger(),
};

const anyEvent = fc
  .subarray([...FIELD_NAMES])
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, VALUES[EVENT_FIELDS[name].type]]))))
  // the record's type is lost in Object.fromEntries
  .map((event) => event as FlatEvent);

test('no field is the parent of another, so the nested form is unambiguous', () => {
  for (const parent of FIELD_NAMES) {
    expect(FIELD_NAMES.filter((name) => name.startsWith(`${parent}.`))).toEqual([]);
  }
});

test('no field lives under labels, which is a map of text', () => {
  expect(FIELD_NAMES.filter((name) => name.split('.')[0] === 'labels')).toEqual([]);
});

test('flat and nested are each other’s inverse, and the nested form fits the schema', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const ecs = toEcs(event);
      ecsEventSchema.parse(ecs);
      expect(fromEcs(ecs)).toEqual({ ...event });
    }),
  );
});

test('labels stay a map, whatever their keys are called', () => {
  const event: FlatEvent = { message: 'm', labels: { 'a.b': '1', constructor: '2' } };
  expect(toEcs(event)).toEqual({ message: 'm', labels: { 'a.b': '1', constructor: '2' } });
  expect(fromEcs(toEcs(event))).toEqual(event);
});
