import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugify, slugSchema } from './names.ts';

test.each([
  ['İstanbul Şube', 'istanbul-sube'],
  ['IĞDIR', 'igdir'],
  ['ılıca', 'ilica'],
  ['  --  ', ''],
  ['../../etc/passwd', 'etc-passwd'],
])('%j becomes %j', (name, slug) => {
  expect(slugify(name)).toBe(slug);
});

test('a slug is empty or a valid folder name, whatever the name was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
      const slug = slugify(name);
      return slug === '' || slugSchema.safeParse(slug).success;
    }),
  );
});
