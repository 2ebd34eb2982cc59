import { expect, test } from 'vitest';
import { toldSite } from './told-site.ts';

const of = (text: string) => toldSite(Buffer.from(text));

test('the site of an identity event, and of nothing else', () => {
  expect(of('LogMaster-Identity/1 {"kind":"login","site":"ankara"}')).toBe('ankara');
  expect(of('LogMaster-Identity/1 {"kind":"login"}')).toBeUndefined();
  expect(of('{"site":"ankara"}')).toBeUndefined();
});

test.each(['../x', 'Ankara', '', 7, null])('%j is no site', (site) => {
  expect(of(`LogMaster-Identity/1 ${JSON.stringify({ site })}`)).toBeUndefined();
});

test.each(['{"site":"ankara"', '', 'null', '"site"', '[]'])('%s is read without an error', (json) => {
  expect(of(`LogMaster-Identity/1 ${json}`)).toBeUndefined();
});
