import { describe, expect, it } from 'vitest';
import { DEVICE_CASES } from '../testing/device-header-cases.ts';
import { LEGACY_CASES } from '../testing/legacy-header-cases.ts';
import { MODERN_CASES } from '../testing/modern-header-cases.ts';
import { readParts } from '../testing/read-parts.ts';

describe('RFC 5424', () => {
  it.each(MODERN_CASES)('$about', ({ text, parts }) => expect(readParts(text)).toEqual(parts));

  it('takes no SD-ID that is longer than any name: it would be repeated before each parameter', () => {
    const id = 'x'.repeat(30_000);
    const element = `[${id}${' a="1"'.repeat(5_000)}]`;
    expect(readParts(`<13>1 - h a - - ${element} m`)).toMatchObject({
      fault: 'log.syslog.structured_data',
      message: `${element} m`,
    });
  });
});

describe('RFC 3164 and what devices make of it', () => {
  it.each([...LEGACY_CASES, ...DEVICE_CASES])('$about', ({ text, parts }) => expect(readParts(text)).toEqual(parts));
});
