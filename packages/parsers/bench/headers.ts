import { Parse } from 'glossy';
import nsyslog from 'nsyslog-parser';
import { readHeader } from '../src/syslog/header.ts';
import { type BenchResult, measure, rateRows } from './measure.ts';

const TEXTS = Array.from({ length: 2048 }, (_, index) =>
  index % 2 === 0
    ? `<134>Nov 23 19:56:31 host${index % 9} daemon[${index}]: something happened to unit ${index} again`
    : `<165>1 2026-11-23T19:56:31.${100 + (index % 900)}Z host${index % 9} daemon ${index} ID47 [x@32473 iut="3" unit="${index}"] something happened`,
);

/** The header alone, half of them RFC 3164 and half RFC 5424, by ours and by others in the same run. */
export function headers(): BenchResult[] {
  const readers: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
    ['readHeader', readHeader],
    ['nsyslog-parser', (text) => nsyslog(text, { generateTimestamp: false })],
    ['glossy', (text) => Parse.parse(text)],
  ];
  return readers.flatMap(([name, read]) => {
    const rates = measure(TEXTS.length, (from, to) => {
      for (const text of TEXTS.slice(from, to)) read(text);
    });
    return rateRows(`header alone, ${name}`, rates, null);
  });
}
