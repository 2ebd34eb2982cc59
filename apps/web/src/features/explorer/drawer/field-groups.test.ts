import { expect, test } from 'vitest';
import { groupFields } from './field-groups.ts';

test('fields are in groups, labels last and by name, absent ones left out', () => {
  const groups = groupFields({
    'source.ip': '10.0.0.1',
    'event.type': 'denied',
    'event.original': '<1>x',
    labels: { vd: 'root', app: 'web' },
  });
  expect(groups.map(({ group, fields }) => [group, fields.map(({ name }) => name)])).toEqual([
    ['what', ['event.type']],
    ['who', ['source.ip']],
    ['labels', ['labels.app', 'labels.vd']],
  ]);
});

test('a message is shown unless the raw line above has it already', () => {
  const names = (message: string) =>
    groupFields({ message, 'event.original': '<189>a=1 b=2' }).flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names('a=1 b=2')).toEqual([]);
  expect(names('built connection')).toEqual(['message']);
});
