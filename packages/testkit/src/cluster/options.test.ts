import { expect, test } from 'vitest';
import { parseCall, WrongUse } from './options.ts';

test('up has defaults for everything', () => {
  expect(parseCall(['up'])).toEqual({
    command: 'up',
    part: undefined,
    json: false,
    options: { elasticsearchNodes: 1, portBase: 0, sample: false, segmentSeconds: 60 },
  });
  expect(parseCall(['logs', 'web-1', '--port-base', '100'])).toMatchObject({
    part: 'web-1',
    options: { portBase: 100 },
  });
  expect(parseCall(['--help'])).toBeUndefined();
});

test.each([
  [[], /A command is missing: up, down/],
  [['fly'], /There is no command "fly"/],
  [['logs'], /logs takes the name of one part/],
  [['kill'], /kill takes the name of one part/],
  [['up', 'now'], /up takes no argument/],
  [['up', '--elasticsearch', '5'], /--elasticsearch takes a whole number from 1 to 4, not "5"/],
  [['up', '--port-base', 'x'], /--port-base/],
  [['up', '--speed'], /--speed/],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => parseCall(args)).toThrow(WrongUse);
  expect(() => parseCall(args)).toThrow(sentence);
});
