import { expect, test } from 'vitest';
import { maskEvent } from './masked-event.ts';

test('every occurrence goes, whatever its case, longer values first', () => {
  const event = {
    'event.original': 'u=ALİ ip=10.0.0.10 n=10 ali',
    message: 'ali 10',
    'user.name': 'ali',
    'source.ip': '10.0.0.10',
    'source.port': 10,
  };
  expect(maskEvent(event, ['user.name', 'source.port', 'source.ip'])).toEqual({
    'event.original': 'u=••• ip=••• n=••• •••',
    message: '••• •••',
  });
});

test('a value that is not in the raw text hides all of it', () => {
  expect(maskEvent({ 'event.original': 'a', message: 'b', 'network.bytes': 7 }, ['network.bytes'])).toEqual({
    'event.original': '•••',
    message: '•••',
  });
});

test('an event without the field stays as it is', () => {
  expect(maskEvent({ 'event.original': 'a', message: 'b' }, ['user.name', 'labels.x'])).toEqual({
    'event.original': 'a',
    message: 'b',
  });
});
