import type { FlatEvent } from '@logmaster/core/event/event';
import fc from 'fast-check';

/** Few letters and values, so that events and queries meet often; the letters are the ones that go wrong. */
const LETTERS = ['a', 'A', 'i', 'I', 'ı', 'İ', 'ş', 'Ş', 'k', '\u212a', '7', '\u{1f525}', '\u0301', '\u0307'];
const BETWEEN = [' ', '.', ':', '-', '/', '@', ', ', ' - ', '..', '=', '"', "'", '\\', '\0', '\n', '%', '*'];
const part = fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 3 }).map((chars) => chars.join(''));
const text = fc
  .array(fc.tuple(part, fc.constantFrom(...BETWEEN)), { maxLength: 5 })
  .map((pairs) => pairs.flat().join(''));
const ip = fc.constantFrom(
  '10.0.0.1',
  '10.0.1.1',
  '10.128.0.7',
  '172.16.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::',
  '::1',
  '2001:db8::1',
  '2001:db8:0:1::',
  'fe80::1:0:0:1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
);
const port = fc.constantFrom(0, 1, 22, 443, 65_535);

export const anyEvent: fc.Arbitrary<FlatEvent> = fc
  .record(
    {
      message: text,
      'event.original': text,
      'user.name': text,
      'event.type': fc.constantFrom('denied', 'allowed'),
      'source.ip': ip,
      'source.port': port,
      labels: fc.dictionary(fc.constantFrom('a', 'i', "b'"), part, { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  )
  // in half of them the message is the end of the raw text, as with most parsers
  .chain((event) =>
    fc
      .boolean()
      .map((tail) =>
        tail && event.message !== undefined ? { ...event, 'event.original': `<1>x ${event.message}` } : event,
      ),
  )
  // exact optional properties are lost in fc.record
  .map((event) => event as FlatEvent);

const escaped = (word: string) => word.replace(/[\s\0\\()[\]{}"*?:&|!+\-/^~<>]/gu, '\\$&');
const quote = (phrase: string) => `"${phrase.replace(/[\\"]/g, '\\$&')}"`;
const glob = fc
  .array(fc.oneof(part.map(escaped), fc.constantFrom('*', '?', '.')), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join(''));
const hasWord = (value: string) => /[\p{L}\p{N}\p{M}*?]/u.test(value);

const leaf = fc.oneof(
  part.filter(hasWord).map(escaped),
  glob.filter(hasWord),
  text.filter((value) => /[\p{L}\p{N}\p{M}]/u.test(value)).map(quote),
  text.filter((value) => /[\p{L}\p{N}\p{M}]/u.test(value)).map((value) => `message:${quote(value)}`),
  text.map((value) => `user.name:${quote(value)}`),
  glob.filter((value) => value !== '').map((value) => `user.name:${value}`),
  part.map((value) => `labels.i:${escaped(value)}`),
  fc.constantFrom('event.type:DENIED', '_exists_:user.name', 'labels.a:*', '_exists_:message', '*'),
  ip.map((address) => `source.ip:${quote(address)}`),
  fc
    .tuple(ip, fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 128 }))
    .map(([address, four, six]) => `source.ip:${address}/${address.includes(':') ? six : four}`),
  fc
    .tuple(port, port, fc.constantFrom('[', '{'), fc.constantFrom(']', '}'))
    .map(([low, high, open, end]) => `source.port:${open}${low} TO ${high}${end}`),
  fc.tuple(port, fc.constantFrom('>', '>=', '<', '<=')).map(([value, operator]) => `source.port:${operator}${value}`),
);

export const anyQuery: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('query'), fc.constantFrom(' ', ' AND ', ' OR ', ' && ', ' || '), tie('query'))
      .map(([a, between, b]) => `(${a})${between}(${b})`),
    tie('query').map((inner) => `NOT (${inner})`),
    tie('query').map((inner) => `-(${inner})`),
  ),
})).query;
