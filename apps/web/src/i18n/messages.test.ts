import { HEALTH_REASONS } from '@logmaster/core/api/health-reasons';
import { ERRORS } from '@logmaster/core/errors';
import { expect, test } from 'vitest';
import en from '../../messages/en.json';
import tr from '../../messages/tr.json';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...leaves(value, `${path}${key}.`)],
    ),
  );
}

const english = leaves(en);
const turkish = leaves(tr);

test('both languages have the same keys, none of them empty', () => {
  expect([...turkish.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of [...english, ...turkish]) expect(text.trim(), key).not.toBe('');
});

test('both languages use the same placeholders', () => {
  const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].sort();
  for (const [key, text] of english) {
    const [there, here] = [names(turkish.get(key) ?? ''), names(text)];
    // A plural in English may name its number once more than Turkish, which has no plural after numbers.
    expect(
      here.filter((name) => !['formatted', 'count'].includes(name as string)),
      key,
    ).toEqual(there.filter((name) => !['formatted', 'count'].includes(name as string)));
  }
});

test('every error code is translated', () => {
  expect(Object.keys(ERRORS).filter((code) => !(code in en.errors))).toEqual([]);
});

test('every reason of a part that is not well is translated', () => {
  expect(en.health.reasons).toEqual(HEALTH_REASONS);
});
