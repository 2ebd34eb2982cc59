import { describe, expect, it } from 'vitest';
import { LEGACY_CASES } from '../testing/legacy-header-cases.ts';
import { MODERN_CASES } from '../testing/modern-header-cases.ts';
import { readParts } from '../testing/read-parts.ts';

describe('RFC 5424', () => {
  it.each(MODERN_CASES)('$about', ({ text, parts }) => expect(readParts(text)).toEqual(parts));
});

describe('RFC 3164 and what devices make of it', () => {
  it.each(LEGACY_CASES)('$about', ({ text, parts }) => expect(readParts(text)).toEqual(parts));
});
