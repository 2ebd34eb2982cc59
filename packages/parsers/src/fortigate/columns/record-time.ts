import type { Micros } from '@logmaster/core/time';
import type { ParseContext } from '../../contracts.ts';
import { checkPlausible, resolveTime } from '../../time/device-time.ts';
import type { ZoneClock } from '../../time/zone.ts';
import { Kind } from '../key-slots.ts';
import { readFortigateTime } from '../record.ts';
import type { RecordColumns } from './record-columns.ts';
import { NO_TIME, type RecordWords } from './record-words.ts';

/** Time of the record, and start and end of a session that has ended. False: there is something to note. */
export function writeTime(columns: RecordColumns, row: number, context: ParseContext, zones: ZoneClock): boolean {
  const { words } = columns;
  const { eventtime } = words;
  const micros = eventtime === NO_TIME ? readWritten(words, context, zones) : believed(eventtime, context);
  if (micros === undefined) return false;
  columns.timestamp.values[row] = micros;
  const duration = columns.duration.values[row] as number;
  if (Number.isNaN(duration) || columns.eventType.codes[row] === columns.startType) return true;
  columns.eventEnd.values[row] = micros;
  columns.eventStart.values[row] = micros - Math.round(duration / 1000);
  return true;
}

function believed(micros: Micros, context: ParseContext): Micros | undefined {
  const time = checkPlausible(micros, context.receivedAt);
  return 'micros' in time ? time.micros : undefined;
}

/** Records of FortiOS before 6.2, without `eventtime`. Undefined: there is something to note. */
function readWritten(words: RecordWords, context: ParseContext, zones: ZoneClock): Micros | undefined {
  const times: Record<string, string> = { date: words.text(Kind.date), time: words.text(Kind.time) };
  if (words.code(Kind.tz) !== 0) times.tz = words.text(Kind.tz);
  const written = readFortigateTime(times).written?.();
  if (written === undefined) return context.receivedAt;
  const time = resolveTime(written, context, zones);
  return 'micros' in time ? time.micros : undefined;
}
