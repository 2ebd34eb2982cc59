import { LEVELS } from './severity.ts';
import { endOfRun, isUnit, Unit, type Units } from './units.ts';

/** RFC 3164 §4.1.1 in the words of syslog.h: index = facility. */
const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
/** Words of syslog.h for severities, and the code of each. */
const SEVERITIES: readonly (readonly [word: string, code: number])[] = [
  ...LEVELS.map((word, code) => [word, code] as const),
  ['emerg', 0],
  ['panic', 0],
  ['crit', 2],
  ['err', 3],
  ['warn', 4],
  ['info', 6],
];
const MAX_FACILITY = 8;
const MAX_SEVERITY = 13;
const SPACE = 0x20;
const TAB = 0x09;

/** PRI written as words: `daemon.notice ` (OpenWrt's logread, BusyBox' files), `Local7.Debug ` (Kiwi). */
export class PriorityWords {
  /** 0–191. */
  value = 0;
  /** Position of the next word. */
  end = 0;

  /** False when there are none at `at`, or something else than a blank, a tab or the delimiter behind them. */
  read(units: Units, at: number, end: number, delimiter: number = SPACE): boolean {
    const dot = endOfRun(units, at, Math.min(end, at + MAX_FACILITY + 1), Unit.letter | Unit.digit);
    if (dot === at || dot >= end || units[dot] !== 0x2e) return false;
    const to = endOfRun(units, dot + 1, Math.min(end, dot + 2 + MAX_SEVERITY), Unit.letter);
    if (to >= end || (units[to] !== SPACE && units[to] !== TAB && units[to] !== delimiter)) return false;
    const facility = FACILITIES.findIndex((word) => isWord(units, at, dot, word));
    const severity = SEVERITIES.find(([word]) => isWord(units, dot + 1, to, word));
    if (facility < 0 || severity === undefined) return false;
    this.value = facility * 8 + severity[1];
    this.end = units[to] === SPACE ? to : to + 1;
    while (this.end < end && units[this.end] === SPACE) this.end++;
    return true;
  }
}

function isWord(units: Units, from: number, to: number, word: string): boolean {
  if (word.length !== to - from) return false;
  for (let index = 0; index < word.length; index++) {
    const unit = units[from + index] as number;
    const lower = isUnit(unit, Unit.letter) ? unit | 0x20 : unit;
    if (lower !== word.charCodeAt(index)) return false;
  }
  return true;
}
