import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule } from './schedule.ts';

test('gives entries by due time, equal ones in the order they came, none before it is due', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (dues) => {
      const schedule = createSchedule();
      dues.forEach((due, index) => {
        schedule.add(due, () => String(index));
      });
      const expected = dues.map((due, index) => ({ due, index })).sort((a, b) => a.due - b.due || a.index - b.index);
      for (const { due, index } of expected) {
        expect(schedule.take(due - 1)).toBeUndefined();
        expect(schedule.take(due)?.(due)).toBe(String(index));
      }
      expect(schedule.take(100)).toBeUndefined();
    }),
  );
});

test('a full schedule gives its earliest entry before it is due', () => {
  const schedule = createSchedule(2);
  for (const due of [30, 10, 20]) schedule.add(due, () => String(due));
  expect(schedule.take(0)?.(0)).toBe('10');
  expect(schedule.take(0)).toBeUndefined();
});
