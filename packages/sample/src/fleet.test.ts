import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFleet } from './fleet.ts';

const START = Date.UTC(2026, 10, 23, 7, 0, 0) * 1000;

/** Lines of every device, one round robin, with the given steps of the clock in µs. */
function linesOf(seed: number, steps: readonly number[]): string[] {
  const fleet = createFleet(seed);
  let now = START;
  return steps.flatMap((step) => {
    now += step;
    return fleet.map((device) => device.next(now));
  });
}

function run(device: string, count: number, step: number): string[] {
  const model = createFleet(7).find((candidate) => candidate.name === device);
  if (!model) throw new Error(`no device ${device}`);
  return Array.from({ length: count }, (_, index) => model.next(START + index * step));
}

test('the same seed and the same clock give the same lines, another seed gives others', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer(), steps, (seed, times) => {
      expect(linesOf(seed, times)).toEqual(linesOf(seed, times));
      expect(linesOf(seed, times)).not.toEqual(linesOf(seed + 1, times));
    }),
    { numRuns: 30 },
  );
});

test('no line holds a line feed, a NUL or something undefined', () => {
  for (const line of linesOf(
    3,
    Array.from({ length: 5000 }, () => 20_000),
  )) {
    expect(line).toMatch(/^<\d{1,3}>/);
    expect(line).not.toMatch(/[\n\r\0]|(?<!dstintfrole=")undefined|NaN|\[object/);
  }
});

test('addresses are private or from documentation ranges', () => {
  const allowed = /^(10|192\.0\.2|198\.51\.100|203\.0\.113)\./;
  for (const line of linesOf(
    11,
    Array.from({ length: 5000 }, () => 20_000),
  )) {
    for (const [address] of line.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g))
      expect(address).toMatch(allowed);
    for (const [address] of line.matchAll(/=([0-9a-f]{1,4}:[0-9a-f:]+)/g)) {
      if (address.includes('::')) expect(address).toMatch(/^=2001:db8:/);
    }
  }
});

test('FortiGate sessions open, are translated and close with the same id, addresses and ports', () => {
  const opened = new Map<string, string>();
  const key = (line: string) =>
    ['srcip', 'srcport', 'dstip', 'dstport', 'transip', 'transport']
      .map((name) => new RegExp(` ${name}=(\\S+)`).exec(line)?.[1])
      .join(' ');
  let closed = 0;
  for (const line of run('FGT-IST-A', 20_000, 25_000)) {
    const id = / sessionid=(\d+)/.exec(line)?.[1] ?? '';
    if (line.includes('action="start"')) {
      expect(opened.has(id)).toBe(false);
      opened.set(id, key(line));
    } else if (/subtype="forward".* action="(close|timeout|accept)"/.test(line)) {
      expect(opened.get(id)).toBe(key(line));
      closed++;
    }
  }
  expect(closed).toBeGreaterThan(5000);
});

test('ASA connections are built and torn down once each, inside their translation', () => {
  const state = new Map<string, string>();
  const pairs = new Map<string, string>();
  for (const line of run('ANK-ASA-01', 20_000, 25_000)) {
    const connection =
      /: (Built outbound|Teardown) (TCP|UDP) connection (\d+) for (outside:\S+).* (?:to )(inside:[^ (]+)/.exec(line);
    const translation = /: (Built|Teardown) dynamic (?:TCP|UDP) translation from (inside:[^ (]+)/.exec(line);
    if (connection) {
      const [, what, , id = '', , inside = ''] = connection;
      expect(state.get(id)).toBe(what === 'Teardown' ? inside : undefined);
      if (what === 'Teardown') state.delete(id);
      else state.set(id, inside);
      expect(pairs.get(inside)).toBe('Built');
    } else if (translation) {
      pairs.set(translation[2] ?? '', translation[1] ?? '');
    }
  }
  expect(state.size).toBeLessThan(2000);
});

test('MikroTik guests open connections only between hotspot login and logout, on a leased address', () => {
  const leased = new Set<string>();
  const present = new Set<string>();
  const gone = new Set<string>();
  let connections = 0;
  for (const line of run('IZM-MT-01', 20_000, 25_000)) {
    const address = /(?:assigned |\(|, )(10\.30\.\d+\.\d+)/.exec(line)?.[1] ?? '';
    if (line.includes(' deassigned ')) leased.delete(address);
    else if (line.includes(' assigned ')) {
      leased.add(address);
      gone.delete(address);
    } else if (line.includes(': logged in')) {
      expect(leased.has(address)).toBe(true);
      present.add(address);
    } else if (line.includes(': logged out')) {
      present.delete(address);
      gone.add(address);
    } else if (line.includes('connection-state:new,snat')) {
      expect(present.has(address)).toBe(true);
      connections++;
    }
  }
  expect(connections).toBeGreaterThan(3000);
  expect(gone.size).toBeGreaterThan(3);
});

test('denies come from inside addresses too, and users have Turkish letters somewhere', () => {
  const lines = linesOf(
    5,
    Array.from({ length: 5000 }, () => 20_000),
  );
  expect(lines.some((line) => / srcip=10\..* action="deny"/.test(line))).toBe(true);
  expect(lines.some((line) => /denied tcp inside\/10\./.test(line))).toBe(true);
  expect(lines.some((line) => /user="[^"]*[çğışöüÇĞİŞÖÜ]/.test(line))).toBe(true);
  for (const id of [
    '302013',
    '302014',
    '302015',
    '302016',
    '305011',
    '305012',
    '106023',
    '106100',
    '113004',
    '113019',
  ]) {
    expect(lines.some((line) => line.includes(`-${id}:`))).toBe(true);
  }
});
