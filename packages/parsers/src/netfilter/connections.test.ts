import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { findConnection, readConnection } from './connections.ts';

const side = fc.record({ ip: fc.ipV4(), port: fc.integer({ min: 1, max: 65_535 }) });
const connection = fc.record({
  source: side,
  destination: side,
  /** What the source and the destination were translated to; undefined: they were not. */
  sourceNat: fc.option(side, { nil: undefined }),
  destinationNat: fc.option(side, { nil: undefined }),
  bytes: fc.tuple(fc.nat(1e9), fc.nat(1e9)),
});
type Side = { ip: string; port: number };

function read(text: string) {
  const draft = new EventDraft({});
  const mark = findConnection(text, 0);
  expect(mark).toBeGreaterThanOrEqual(0);
  readConnection(text, mark, draft);
  return draft;
}

/** As the kernel does: the reply comes from where the destination was moved to, and goes to what the source became. */
const conntrack = (from: Side, to: Side) => `src=${from.ip} dst=${to.ip} sport=${from.port} dport=${to.port}`;
const ulogd = (from: Side, to: Side) => `SRC=${from.ip} DST=${to.ip} PROTO=TCP SPT=${from.port} DPT=${to.port}`;

describe('the translation is what the reply tells', () => {
  it('for conntrack and ulogd2 alike', () => {
    fc.assert(
      fc.property(connection, ({ source, destination, sourceNat, destinationNat, bytes }) => {
        const answers = destinationNat ?? destination;
        const asked = sourceNat ?? source;
        const [out, back] = bytes;
        const texts = [
          `[DESTROY] tcp      6 ${conntrack(source, destination)} packets=1 bytes=${out} ${conntrack(answers, asked)} packets=1 bytes=${back} [ASSURED]`,
          `[DESTROY] ORIG: ${ulogd(source, destination)} PKTS=1 BYTES=${out} , REPLY: ${ulogd(answers, asked)} PKTS=1 BYTES=${back} `,
        ];
        for (const text of texts) {
          const { event, errors } = read(text);
          expect(errors).toEqual([]);
          expect(event).toMatchObject({
            'event.type': 'end',
            'source.ip': source.ip,
            'source.port': source.port,
            'destination.ip': destination.ip,
            'destination.port': destination.port,
            'source.bytes': out,
            'destination.bytes': back,
            'network.transport': 'tcp',
          });
          expect(natOf(event, 'source')).toEqual(moved(source, asked));
          expect(natOf(event, 'destination')).toEqual(moved(destination, answers));
        }
      }),
    );
  });

  it('and NEW and DESTROY of one connection have one session id', () => {
    fc.assert(
      fc.property(connection, ({ source, destination, sourceNat }) => {
        const reply = ulogd(destination, sourceNat ?? source);
        const [begin, end] = ['NEW', 'DESTROY'].map(
          (mark) => read(`[${mark}] ORIG: ${ulogd(source, destination)} PKTS=0 BYTES=0 , REPLY: ${reply} `).event,
        );
        expect(begin?.['logmaster.session.id']).toBeDefined();
        expect(end?.['logmaster.session.id']).toBe(begin?.['logmaster.session.id']);
      }),
    );
  });
});

function natOf(event: EventDraft['event'], which: 'source' | 'destination'): Side | undefined {
  const ip = event[`${which}.nat.ip`];
  return ip === undefined ? undefined : { ip, port: event[`${which}.nat.port`] as number };
}

function moved(from: Side, to: Side): Side | undefined {
  const same = canonicalIp(from.ip) === canonicalIp(to.ip) && from.port === to.port;
  return same ? undefined : { ip: canonicalIp(to.ip) as string, port: to.port };
}

it.each(['[NEW] something else', '[UFW BLOCK] IN=eth0', 'x'.repeat(60), '[NEW', ''])('%s is no connection', (text) =>
  expect(findConnection(text, 0)).toBe(-1),
);
