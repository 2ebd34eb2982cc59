import { expect, test } from 'vitest';
import { worstState } from './worst-state.ts';

const part = (name: string, state: 'ok' | 'degraded' | 'down') => ({ name, state });

test.each([
  [[], 'ok'],
  [[part('database', 'ok'), part('ingest', 'ok')], 'ok'],
  [[part('database', 'ok'), part('ingest', 'down')], 'degraded'],
  [[part('search', 'degraded')], 'degraded'],
  [[part('database', 'down'), part('ingest', 'ok')], 'down'],
])('%j is %s', (parts, state) => {
  expect(worstState(parts)).toBe(state);
});
