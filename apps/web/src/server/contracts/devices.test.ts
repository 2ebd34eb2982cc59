import { expect, test } from 'vitest';
import { certificateInputSchema } from './devices.ts';

const id = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
const HEX = '5e'.repeat(32);
const read = (certificate: string | null) => certificateInputSchema.safeParse({ id, certificate }).data?.certificate;

test('a fingerprint is taken as people copy it', () => {
  const colons = HEX.toUpperCase().replace(/..(?=.)/g, '$&:');
  for (const text of [HEX, colons, `sha256:${HEX}`, `SHA256 ${colons}`, `sha256=${HEX}`, ` ${HEX}\n`]) {
    expect(read(text)).toBe(HEX);
  }
  expect(read(null)).toBeNull();
});

test('what is no fingerprint is refused', () => {
  for (const text of ['', HEX.slice(1), `${HEX}0`, 'g'.repeat(64), 'CN=fw', `${HEX}'; --`]) {
    expect(certificateInputSchema.safeParse({ id, certificate: text }).success).toBe(false);
  }
});
