import { expect, test } from 'vitest';
import { type Lifecycle, sequence } from './lifecycle.ts';

function recorder() {
  const log: string[] = [];
  const part = (name: string, faults: { start?: boolean; stop?: boolean } = {}): Lifecycle => ({
    name,
    async start() {
      if (faults.start) throw new Error(`${name} refuses to start`);
      log.push(`+${name}`);
    },
    async stop() {
      log.push(`-${name}`);
      if (faults.stop) throw new Error(`${name} refuses to stop`);
    },
  });
  return { log, part };
}

test('parts stop in reverse order', async () => {
  const { log, part } = recorder();
  const all = sequence('all', [part('a'), part('b'), part('c')]);
  await all.start();
  await all.stop();
  expect(log).toEqual(['+a', '+b', '+c', '-c', '-b', '-a']);
});

test('a part that fails to start takes down those before it', async () => {
  const { log, part } = recorder();
  const all = sequence('all', [part('a'), part('b', { start: true }), part('c')]);
  await expect(all.start()).rejects.toThrow('b refuses to start');
  expect(log).toEqual(['+a', '-a']);
});

test('a part that fails to stop does not keep the others running', async () => {
  const { log, part } = recorder();
  const all = sequence('all', [part('a'), part('b', { stop: true })]);
  await all.start();
  await expect(all.stop()).rejects.toThrow(AggregateError);
  expect(log).toEqual(['+a', '+b', '-b', '-a']);
});
