import type { FlatEvent } from '@logmaster/core/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordParser } from './record-parser.ts';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from './testing/fixtures.ts';
import { toWindows1254 } from './testing/windows-1254.ts';

const parse = (raw: Uint8Array): FlatEvent => createRecordParser().parse(raw, FIXTURE_CONTEXT);
const words = fc
  .array(fc.constantFrom(...'abkĞÜŞİÖÇğüşıöç'), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''));
/** Is every character ASCII? */
const isPlain = (record: Buffer) => record.every((byte) => byte < 0x80);

describe.each(FIXTURE_FOLDERS)('records of %s', (folder) => {
  const plain = readFixtures(folder).filter(isPlain);

  it('mean the same with Turkish words in windows-1254 as in UTF-8', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plain), fc.nat(), words, (record, place, word) => {
        const text = record.toString();
        const at = place % (text.length + 1);
        const turkish = `${text.slice(0, at)}${word}${text.slice(at)}`;
        expect(parse(toWindows1254(turkish))).toEqual(parse(Buffer.from(turkish)));
      }),
      { numRuns: 50 },
    );
  });
});

it('a Turkish name is shown right in the field it belongs to', () => {
  const record =
    'date=2026-11-23 time=20:56:31 devname="ŞUBE-İzmir" devid="FGT60F" logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.5 dstip=10.0.0.6 user="Çağrı Öğüt"';
  expect(parse(toWindows1254(record))).toMatchObject({
    'user.name': 'Çağrı Öğüt',
    'observer.name': 'ŞUBE-İzmir',
    'event.original': record,
  });
});
