import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE, componentNamed } from './catalogue.ts';
import { componentsOf } from './test-files.ts';

const names = (text: string) => componentsOf(text).map(({ name }) => name);

test('a test file names what it needs by what it imports', () => {
  expect(names("import { createRedis } from '@logmaster/testkit/services/redis';")).toEqual(['redis']);
  expect(names("import { createRedis } from './redis.ts';")).toEqual(['redis']);
  expect(names("import { createRedis } from '../services/redis/redis.ts';")).toEqual(['redis']);
  expect(names("import { createRedis } from '../redis/redis.ts';")).toEqual(['redis']);
  expect(names("import { encode } from '../redis/resp.ts';")).toEqual([]);
  expect(names("import { openBrowser } from '@logmaster/testkit/browser';")).toEqual(['chromium']);
  expect(names("import { createPgpool } from './pgpool.ts';")).toEqual(['openssl', 'postgresql', 'pgpool']);
  expect(names("import { redis } from './redis-cache.ts'; // redis")).toEqual([]);
});

test('the cluster needs what runs in it', () => {
  expect(names("import { startCluster } from '@logmaster/testkit/cluster/cluster';")).toEqual(
    expect.arrayContaining(['postgresql', 'redis', 'elasticsearch', 'openldap', 'nginx', 'openssl', 'chromium']),
  );
});

test('names are unique, and each component says what must be there and how it comes', () => {
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  for (const { needs, recipes } of CATALOGUE) {
    expect(needs.length).toBeGreaterThan(0);
    expect(recipes.length).toBeGreaterThan(0);
  }
  expect(componentNamed('no such')).toBeUndefined();
});

test('docs/testing.md tells of each component', async () => {
  const page = path.resolve(import.meta.dirname, '../../../../docs/testing.md');
  expect(existsSync(page)).toBe(true);
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(page, 'utf8');
  for (const { name } of CATALOGUE) expect(text).toContain(`\`${name}\``);
});
