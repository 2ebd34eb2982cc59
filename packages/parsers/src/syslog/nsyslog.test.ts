import fc from 'fast-check';
import nsyslog from 'nsyslog-parser';
import { expect, it } from 'vitest';
import { DEVICE_CASES } from '../testing/device-header-cases.ts';
import type { HeaderCase, HeaderParts } from '../testing/header-cases.ts';
import { LEGACY_CASES } from '../testing/legacy-header-cases.ts';
import { MODERN_CASES } from '../testing/modern-header-cases.ts';
import { partsOf } from '../testing/nsyslog.ts';
import { NSYSLOG_DIFFERENCES } from '../testing/nsyslog-differences.ts';
import { readParts } from '../testing/read-parts.ts';

const CASES = [...MODERN_CASES, ...LEGACY_CASES, ...DEVICE_CASES];
const FIELDS = [
  'priority',
  'version',
  'time',
  'hostname',
  'appname',
  'procid',
  'msgid',
  'data',
  'message',
] as const satisfies (keyof HeaderParts)[];

/** nsyslog-parser reads times without a zone in that of the process, and gives them this year. */
function timeAs(theirs: string | undefined, ours: string | undefined): string | undefined {
  if (theirs === undefined || ours === undefined) return theirs;
  const moment = new Date(theirs);
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(ours)) return Math.abs(moment.getTime() - Date.parse(ours)) < 1 ? ours : theirs;
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(-ours.length + 2, -1) === ours.slice(0, -3) ? ours : theirs;
}

/** The fields in which the two differ. */
function differing(text: string): string[] {
  const ours = readParts(text);
  const theirs = partsOf(nsyslog(text, { generateTimestamp: false }));
  const compared = { ...theirs, time: timeAs(theirs.time, ours.time) };
  return FIELDS.filter((field) => JSON.stringify(ours[field]) !== JSON.stringify(compared[field]));
}

function explained(about: string): string[] {
  return NSYSLOG_DIFFERENCES.filter(({ cases }) => cases.includes(about)).flatMap(({ fields }) => fields);
}

it.each(CASES)(
  'nsyslog-parser reads it alike, or the difference is explained: $about',
  ({ about, text }: HeaderCase) => {
    expect(differing(text).filter((field) => !explained(about).includes(field))).toEqual([]);
  },
);

it('each explanation is needed by some case, and each case that it names exists', () => {
  for (const { why, cases, fields } of NSYSLOG_DIFFERENCES) {
    const named = CASES.filter(({ about }) => cases.includes(about));
    expect(named, why).toHaveLength(cases.length);
    const needed = new Set(named.flatMap(({ text }) => differing(text)));
    expect(
      [...fields].filter((field) => !needed.has(field)),
      why,
    ).toEqual([]);
  }
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
const message = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const priority = fc.integer({ min: 0, max: 191 });

it('reads all plain RFC 5424 headers as nsyslog-parser does', () => {
  const header = fc.tuple(priority, time, word, word, fc.integer({ min: 1, max: 99_999 }), word, message);
  fc.assert(
    fc.property(header, ([pri, moment, host, app, pid, id, text]) => {
      expect(differing(`<${pri}>1 ${moment.toISOString()} ${host} ${app} ${pid} ${id} - ${text}`)).toEqual([]);
      expect(differing(`<${pri}>1 - ${host} ${app} - - [a@1 ${id}="${app}"] ${text}`)).toEqual([]);
    }),
  );
});

it('reads all plain RFC 3164 headers as nsyslog-parser does', () => {
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const header = fc.tuple(priority, time, word, word, fc.integer({ min: 1, max: 99_999 }), message);
  fc.assert(
    fc.property(header, ([pri, moment, host, app, pid, text]) => {
      // A day that every month has, and an hour that no clock change skips.
      const day = String((moment.getUTCDate() % 28) + 1).padStart(2, ' ');
      const clock = moment.toISOString().slice(13, 19);
      const month = months[moment.getUTCMonth()];
      expect(differing(`<${pri}>${month} ${day} 12${clock} ${host} ${app}[${pid}]: ${text}`)).toEqual([]);
    }),
  );
});
