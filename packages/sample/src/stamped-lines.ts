import { type Clock, systemClock } from '@logmaster/core/clock';
import { MICROS_PER_SECOND } from '@logmaster/core/time';
import { createFleet } from './fleet.ts';
import { turkishTime } from './zone.ts';

/** Digits of the number at the end of each line: fixed, so that stamping never moves a byte. */
export const NUMBER_DIGITS = 10;
const EVENTTIME_DIGITS = 19;

interface Marks {
  readonly end: number;
  readonly time: number;
  readonly date: number;
  readonly eventtime: number;
  readonly number: number;
}

/** A run of framed FortiGate lines in one buffer. Stamping writes numbers and times over the old ones. */
export interface StampedChunk {
  /**
   * Numbers the first `lines` lines upwards from `first`, sets their times to now, and returns them. The buffer belongs
   * to the chunk: it must be written out before the next call.
   */
  stamp(lines: number, first: number): Buffer;
  readonly capacity: number;
  readonly bytesPerLine: number;
}

/**
 * Traffic for load tests: real FortiGate forward records (about 700 bytes), rendered once, then only stamped: some tens
 * of nanoseconds a line instead of microseconds. Each line ends with ` seq=<number, 10 digits>`. Lines longer than
 * `lineBytes` lose whole fields at their end.
 */
export function createStampedChunk(
  framing: 'tcp-octets' | 'tcp-lines',
  seed: number,
  capacity: number,
  clock: Clock = systemClock,
  lineBytes = Number.POSITIVE_INFINITY,
): StampedChunk {
  const { bytes, marks } = render(framing, seed, capacity, clock, lineBytes);
  let stampedSecond = Number.NaN;

  function stampTimes(): void {
    const now = clock();
    const second = Math.floor(now / MICROS_PER_SECOND);
    if (second === stampedSecond) return;
    stampedSecond = second;
    const local = turkishTime(now);
    const eventtime = `${now}000`;
    for (const mark of marks) {
      bytes.write(local.date, mark.date, 'latin1');
      bytes.write(local.time, mark.time, 'latin1');
      bytes.write(eventtime, mark.eventtime, EVENTTIME_DIGITS, 'latin1');
    }
  }

  return {
    capacity,
    bytesPerLine: bytes.length / capacity,
    stamp(lines, first) {
      stampTimes();
      for (let index = 0; index < lines; index++) {
        let rest = first + index;
        const start = (marks[index] as Marks).number;
        for (let at = start + NUMBER_DIGITS - 1; at >= start; at--) {
          const next = Math.floor(rest / 10);
          bytes[at] = 48 + rest - next * 10;
          rest = next;
        }
      }
      return bytes.subarray(0, marks[lines - 1]?.end ?? 0);
    },
  };
}

const LAST_FIELD = / [a-z_]+=(?:"[^"]*"|[^" ]*)$/;

function shortened(line: string, lineBytes: number): string {
  let rest = line;
  while (rest.length > lineBytes) rest = rest.replace(LAST_FIELD, '');
  return rest;
}

function render(framing: 'tcp-octets' | 'tcp-lines', seed: number, capacity: number, clock: Clock, lineBytes: number) {
  const device = createFleet(seed).find((candidate) => candidate.name === 'FGT-IST-A');
  if (!device) throw new Error('the fleet has no FortiGate');
  const marks: Marks[] = [];
  const parts: string[] = [];
  let offset = 0;
  // The model's own time runs on while it renders, so that sessions also close.
  for (let now = clock(); parts.length < capacity; now += 20_000) {
    const line = device.next(now);
    if (!line.includes('subtype="forward"')) continue;
    const stamp = ` seq=${'0'.repeat(NUMBER_DIGITS)}`;
    const numbered = shortened(line, lineBytes - stamp.length) + stamp;
    // ASCII only: forward records carry account names, so characters are bytes.
    const prefix = framing === 'tcp-octets' ? `${numbered.length} ` : '';
    const framed = framing === 'tcp-octets' ? prefix + numbered : `${numbered}\n`;
    const at = (text: string) => offset + framed.indexOf(text) + text.length;
    marks.push({
      date: at('>date='),
      time: at(' time='),
      eventtime: at(' eventtime='),
      number: offset + prefix.length + numbered.length - NUMBER_DIGITS,
      end: offset + framed.length,
    });
    parts.push(framed);
    offset += framed.length;
  }
  return { bytes: Buffer.from(parts.join(''), 'latin1'), marks };
}
