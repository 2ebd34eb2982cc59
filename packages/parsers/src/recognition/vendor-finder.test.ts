import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordText } from '../record-text.ts';
import { mutated } from '../testing/both-ways.ts';
import { allFixtures } from '../testing/fixtures.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { VENDORS } from '../vendors.ts';
import { BUILT_IN_VENDORS } from './built-in-vendors.ts';
import { FIREWALL_SIGNS } from './signs/firewalls.ts';
import { FORM_SIGNS } from './signs/forms.ts';
import { SERVICE_SIGNS } from './signs/services.ts';
import { VENDOR_SIGNS } from './signs.ts';
import { VendorFinder } from './vendor-finder.ts';
import type { VendorSigns } from './vendor-signs.ts';

const fixtures = allFixtures();
/** Of all vendors; names of programs as they stand before a message. */
const SIGNS = [...VENDOR_SIGNS.values()].flatMap(({ starts = [], marks = [], apps = [], programs = [], shaped }) => [
  ...[...starts, ...marks, ...(shaped?.starts ?? []), ...(shaped?.marks ?? [])],
  ...[...apps, ...programs].flatMap((name) => [`${name}: `, `${name}[12]: `, `(${name}): `, `gw /bin/${name}: `]),
]);

it('every vendor has signs: one without is asked about all text that is nobody’s', () => {
  expect(VENDORS.filter(({ name }) => !VENDOR_SIGNS.has(name))).toEqual([]);
});

it('no vendor’s signs stand in two tables, of which the later would count, and none are of a vendor that is not there', () => {
  const names = [FIREWALL_SIGNS, SERVICE_SIGNS, FORM_SIGNS].flatMap((signs) => Object.keys(signs));
  expect(names.toSorted()).toEqual(VENDORS.map(({ name }) => name).toSorted());
});

it('FortiGate is found by starts alone, so that Cisco ASA and PAN-OS, which follow it, need no pass for marks', () => {
  expect(VENDORS.slice(0, 3).map(({ name }) => name)).toEqual(['fortigate', 'palo_alto', 'cisco_asa']);
  expect(Object.keys(VENDOR_SIGNS.get('fortigate') ?? {})).toEqual(['starts']);
  expect(VENDOR_SIGNS.get('palo_alto')?.notBehind).toContain('%');
});

/** With signs, and by asking each vendor in turn. */
function expectSameVendor(finder: VendorFinder, raw: Buffer): void {
  const record = new RecordText();
  record.takeOther(raw);
  const found = finder.find(record, record.units, record.from, record.to, false, record.app);
  expect(finder.findInText(record)).toBe(found);
  const first = VENDORS.find((vendor) => vendor.recognises(record));
  expect(found?.name, raw.toString()).toBe(first?.name);
}

describe('the vendor found is the first of the list that recognises the record', () => {
  const finder = BUILT_IN_VENDORS;

  it('for all fixtures, in any order', () => {
    for (const raw of [...fixtures, ...fixtures.toReversed()]) expectSameVendor(finder, raw);
  });

  it('for topics whose level does not stand last, behind words', () => {
    for (const topics of ['ppp,info,account', 'info,ppp', 'system,error,critical', 'ppp,debug'])
      expectSameVendor(finder, Buffer.from(`%<30>Nov 23 19:56:31 gw ${topics} mehmet,x`));
  });

  it('for rule sets of UniFi that return, without a description', () => {
    for (const rule of ['LAN_IN-2000-RET', 'LAN_IN-RET-2000'])
      expectSameVendor(
        finder,
        Buffer.from(
          `<4>Nov 23 19:56:31 UDM kernel: [${rule}]IN=br0 OUT=eth8 SRC=10.0.0.5 DST=192.0.2.53 LEN=60 PROTO=UDP`,
        ),
      );
  });

  it('for fixtures with pieces put in and taken out', () => {
    const pieces = [
      ...' =,:%|{}[]<>"\'',
      '%ASA-6-302013: ',
      ': in:',
      ' out:',
      'a=1 b=2 c=3 ',
      'date=',
      'firewall,info ',
      'ş',
    ];
    fc.assert(
      fc.property(mutated(fixtures, pieces), (records) => {
        for (const raw of records) expectSameVendor(finder, raw);
      }),
      { numRuns: 3000 },
    );
  });

  it('for signs behind headers, and for fixtures with signs in them', () => {
    const sign = fc.constantFrom(...SIGNS);
    const between = fc.constantFrom(' ', ',', '1', ':', '"', '[', '] ', '=', '10.0.0.5');
    const head = fc.constantFrom('', '<134>Nov 23 19:56:31 gw ', '<134>1 2026-11-23T19:56:31Z gw app,a - x - ');
    fc.assert(
      fc.property(head, fc.array(fc.oneof(sign, between), { maxLength: 6 }), (start, rest) => {
        expectSameVendor(finder, Buffer.from(start + rest.join('')));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), sign, fc.nat(), (fixture, text, cut) => {
        const at = cut % fixture.length;
        expectSameVendor(finder, Buffer.concat([fixture.subarray(0, at), Buffer.from(text), fixture.subarray(at)]));
      }),
      { numRuns: 2000 },
    );
  });

  it('for pieces of two fixtures put together', () => {
    const any = fc.constantFrom(...fixtures);
    fc.assert(
      fc.property(any, any, fc.nat(), fc.nat(), (a, b, cutA, cutB) => {
        expectSameVendor(finder, Buffer.concat([a.subarray(0, cutA % a.length), b.subarray(cutB % b.length)]));
      }),
      { numRuns: 2000 },
    );
  });
});

it('says from bytes that a record is nobody’s only where nobody recognises it', () => {
  const finder = BUILT_IN_VENDORS;
  const record = new RecordText();
  for (const raw of fixtures) {
    record.takeOther(raw);
    const { header, text } = record;
    const app = header.appname === undefined ? -1 : text.indexOf(header.appname);
    const place = { from: app, to: app + (header.appname?.length ?? 0) };
    const units = Uint8Array.from(record.units);
    const known = finder.mayBeKnown(units, record.from, record.to, record.messageAt, place);
    if (VENDORS.some((vendor) => vendor.recognises(record))) expect(known, text).toBe(true);
  }
});

describe('vendors of one’s own', () => {
  const vendor = (name: string, recognises: VendorParser['recognises']): VendorParser => ({
    name,
    recognises,
    read: () => undefined,
  });
  const take = (text: string) => {
    const record = new RecordText();
    record.takeOther(Buffer.from(text));
    return record;
  };
  const find = (finder: VendorFinder, text: string) => {
    const record = take(text);
    return finder.find(record, record.units, record.from, record.to)?.name;
  };

  it('are asked by tag, by mark and by start, in the order of the list', () => {
    const vendors = [
      vendor('by-mark', ({ text }) => text.includes('needle=')),
      vendor('by-app', ({ header }) => header.appname === 'sshd'),
      vendor('by-start', ({ text, messageAt }) => text.startsWith('CEF:', messageAt)),
      vendor('any', ({ text }) => text.includes('any')),
    ];
    const finder = new VendorFinder(
      vendors,
      new Map([
        ['by-mark', { marks: ['needle='] }],
        ['by-app', { programs: ['sshd'] }],
        ['by-start', { starts: ['CEF:'] }],
      ]),
    );
    expect(find(finder, '<13>Nov 23 19:56:31 gw sshd[1]: CEF:0 needle=1')).toBe('by-mark');
    expect(find(finder, '<13>Nov 23 19:56:31 gw sshd[1]: CEF:0 any')).toBe('by-app');
    expect(find(finder, '<13>CEF:0 any')).toBe('by-start');
    expect(find(finder, '<13>something any')).toBe('any');
    expect(find(finder, '<13>something')).toBe(undefined);
  });

  it('a sign counts at the start although an earlier vendor’s could stand further on, where that one says never', () => {
    const vendors = [
      vendor('row', ({ text, messageAt }) => text.includes(',20', messageAt) && text[messageAt] !== '%'),
      vendor('percent', ({ text, messageAt }) => text.startsWith('%A', messageAt)),
    ];
    const signs = new Map([
      ['row', { marks: [',20'], notBehind: ['%'] }],
      ['percent', { starts: ['%A', 'x'] }],
    ]);
    const finder = new VendorFinder(vendors, signs);
    expect(find(finder, '<13>%A ,20')).toBe('percent');
    expect(find(finder, '<13>%B ,20')).toBe(undefined);
    expect(find(finder, '<13>x ,20')).toBe('row');
  });

  it('are found among as many as there may be as by asking each, whatever sign each has and whatever it says to it', () => {
    const sign = fc.constantFrom('start', 'mark', 'shaped mark', 'shaped start', 'shape', 'program', 'none');
    const kinds = fc.array(fc.record({ sign, says: fc.boolean(), isShaped: fc.boolean() }), {
      minLength: 60,
      maxLength: 128,
    });
    const numbers = fc.array(fc.nat({ max: 130 }), { maxLength: 6 });
    fc.assert(
      fc.property(kinds, numbers, fc.nat({ max: 130 }), (all, shown, first) => {
        const own = all.map(({ sign, says, isShaped }, index) => {
          const isSeen = ({ text, header, messageAt }: VendorInput) => {
            if (sign.includes('start')) return text.startsWith(`s${index}=`, messageAt);
            if (sign.includes('mark')) return text.includes(`m${index}=`);
            return sign === 'program' ? header.appname === `p${index}` : true;
          };
          // One that needs no sign would hide all behind it.
          const isQuiet = (sign === 'none' || sign === 'shape') && index < 100;
          const isMeant = (input: VendorInput) =>
            says && !isQuiet && (isShaped || !sign.includes('shape')) && isSeen(input);
          const shape = () => isShaped;
          const signs: Record<typeof sign, VendorSigns | undefined> = {
            start: { starts: [`s${index}=`] },
            mark: { marks: [`m${index}=`] },
            'shaped mark': { shaped: { marks: [`m${index}=`], shape } },
            'shaped start': { shaped: { starts: [`s${index}=`], shape } },
            shape: { shaped: { shape } },
            program: { programs: [`p${index}`] },
            none: undefined,
          };
          return { parser: vendor(`v${index}`, isMeant), signs: signs[sign] };
        });
        const named = own.flatMap(({ parser, signs }) => (signs ? [[parser.name, signs] as const] : []));
        const finder = new VendorFinder(
          own.map(({ parser }) => parser),
          new Map(named),
        );
        const marks = shown.map((number) => `m${number}=`).join(' ');
        for (const start of [`s${first}=`, `p${first}: `, '']) {
          const record = take(`<13>Nov 23 19:56:31 gw ${start}${marks}`);
          const expected = own.find(({ parser }) => parser.recognises(record))?.parser.name;
          expect(finder.find(record, record.units, record.from, record.to)?.name).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are refused beyond as many as there may be', () => {
    const many = Array.from({ length: 129 }, (_, index) => vendor(`v${index}`, () => false));
    expect(() => new VendorFinder(many, new Map())).toThrow(RangeError);
  });

  it('senders that make up tags cost no memory and hide no tag', () => {
    const finder = new VendorFinder([vendor('by-app', () => true)], new Map([['by-app', { apps: ['sshd'] }]]));
    const isKnown = (app: string) => {
      const bytes = Buffer.from(app);
      return finder.mayBeKnown(bytes, 0, bytes.length, bytes.length, { from: 0, to: bytes.length });
    };
    for (let index = 0; index < 10_000; index++) expect(isKnown(`made-up-${index}`)).toBe(false);
    expect(isKnown('sshd')).toBe(true);
  });
});
