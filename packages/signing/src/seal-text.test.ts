import { expect, test } from 'vitest';
import { encodeArchiveMarker, parseArchiveMarker } from './archive-marker.ts';
import { encodeSeal, parseSeal } from './seal-text.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

test('a seal is what sha256sum prints', () => {
  const seal = encodeSeal([
    ['manifest.json', A],
    ['records.log.zst', B],
  ]);
  expect(seal.toString()).toBe(`${A}  manifest.json\n${B}  records.log.zst\n`);
  expect(parseSeal(seal)).toEqual(
    new Map([
      ['manifest.json', A],
      ['records.log.zst', B],
    ]),
  );
});

test.each([
  ['upper case', `${A.toUpperCase()}  x\n`],
  ['a binary mark', `${A} *x\n`],
  ['no LF at the end', `${A}  x`],
  ['CR LF', `${A}  x\r\n`],
  ['an empty line', `${A}  x\n\n`],
  ['a name twice', `${A}  x\n${B}  x\n`],
  ['a path', `${A}  ../x\n`],
])('no seal: %s', (_, text) => {
  expect(parseSeal(Buffer.from(text))).toBeUndefined();
});

test('a changed byte of a marker shows', () => {
  const marker = Buffer.from(encodeArchiveMarker('9f1f2a4e-1111-4222-8333-0123456789ab'));
  expect(parseArchiveMarker(marker)).toBe('9f1f2a4e-1111-4222-8333-0123456789ab');
  for (let at = 0; at < marker.length; at++) {
    const changed = Buffer.from(marker);
    changed[at] = (changed[at] as number) ^ 1;
    expect(parseArchiveMarker(changed)).toBeUndefined();
  }
});
