import type { SegmentManifest } from '@logmaster/core/evidence/manifest';
import { expect, test } from 'vitest';
import { encodeSegmentManifest, parseSegmentManifest } from './manifest-codec.ts';

const HASH = '0'.repeat(64);
const MANIFEST: SegmentManifest = {
  format: 'logmaster-segment',
  version: 1,
  origin: { node: 'node1', site: 'istanbul' },
  segment: 7,
  period: { from: '2026-11-23T19:00:00.000000Z', to: '2026-11-23T20:00:00.000000Z' },
  records: {
    count: 3,
    first: 'node1.w0.1.0',
    last: 'node1.w0.1.2',
    text: { bytes: 300, sha256: HASH },
    zst: { bytes: 60, sha256: HASH },
  },
  merkle: { size: 3, root: HASH },
  previous: HASH,
  newest_token: null,
  sources: {
    '10.0.0.9': { seen: 1, journaled: 1, dropped: {} },
    '10.0.0.10': { seen: 5, journaled: 2, dropped: { 'rate-limit': 2, 'buffer-full': 1 } },
  },
  site_mapping: 4,
  clock: { source: 'ntp', offset_us: -3, stratum: 2, steps: 0 },
  software: '0.1.0',
  algorithms: {
    hash: 'sha256',
    merkle: 'rfc6962-sha256',
    signature: 'rsa-3072-pkcs1v15-sha256',
    compression: 'zstd',
  },
  signer: HASH,
};

test('a manifest comes back as it was, from the same bytes whatever the order of keys', () => {
  const bytes = encodeSegmentManifest(MANIFEST);
  expect(parseSegmentManifest(bytes)).toEqual(MANIFEST);
  const shuffled = Object.fromEntries(Object.entries(MANIFEST).toReversed()) as unknown as SegmentManifest;
  const sources = Object.fromEntries(Object.entries(MANIFEST.sources).toReversed());
  expect(encodeSegmentManifest({ ...shuffled, sources }).equals(bytes)).toBe(true);
});

test('the bytes begin as the format says, with maps sorted, and end with one LF', () => {
  const text = encodeSegmentManifest(MANIFEST).toString();
  expect(text.slice(0, 60)).toBe('{\n  "format": "logmaster-segment",\n  "version": 1,\n  "origin');
  expect(text.endsWith('}\n')).toBe(true);
  expect(text.indexOf('10.0.0.10')).toBeLessThan(text.indexOf('10.0.0.9'));
  expect(text.indexOf('buffer-full')).toBeLessThan(text.indexOf('rate-limit'));
});

test.each([
  ['an unknown key', JSON.stringify({ ...MANIFEST, extra: 1 })],
  ['a missing key', JSON.stringify({ ...MANIFEST, merkle: undefined })],
  [
    'a time without µs',
    JSON.stringify({ ...MANIFEST, period: { from: '2026-11-23T19:00:00Z', to: '2026-11-23T20:00:00Z' } }),
  ],
  ['a path as a site', JSON.stringify({ ...MANIFEST, origin: { node: 'n', site: '../etc' } })],
  ['no JSON', '{'],
])('refused: %s', (_, text) => {
  expect(() => parseSegmentManifest(Buffer.from(text))).toThrow();
});

test('invalid UTF-8 is refused', () => {
  expect(() => parseSegmentManifest(Buffer.from('{"a":"\xff"}', 'latin1'))).toThrow();
});
