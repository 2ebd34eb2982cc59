/**
 * A text as numbers, one for each UTF-16 unit: the bytes of an ASCII record, or of any other text its ASCII units and
 * stand-ins for the rest. Headers and signs of vendors are read from them, by one reader for both.
 */
export type Units = Uint8Array;

const WHITE_SPACE = 0x80;
/** A byte order mark, which is white space, too. */
export const BYTE_ORDER_MARK = 0x81;
const OTHER = 0xff;

/** What a character may be part of; ASCII only, as all patterns of headers are. */
export const Unit = {
  letter: 1,
  digit: 2,
  /** `[A-Za-z0-9_.-]`: process ids, the names before Cisco's times. */
  name: 4,
  /** `[A-Za-z0-9_.:-]`: host names and addresses. */
  host: 8,
  /** `[A-Za-z0-9_./-]`: tags. */
  tag: 16,
  /** `[a-z0-9-]`: RouterOS' topics. */
  topic: 32,
  /** White space, as `\s`. */
  space: 64,
  capital: 128,
} as const;

const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  const set = (pattern: RegExp, bit: number) => {
    if (pattern.test(character)) CLASSES[code] = (CLASSES[code] as number) | bit;
  };
  set(/[A-Za-z]/, Unit.letter);
  set(/\d/, Unit.digit);
  set(/[\w.-]/, Unit.name);
  set(/[\w.:-]/, Unit.host);
  set(/[\w./-]/, Unit.tag);
  set(/[a-z0-9-]/, Unit.topic);
  set(/\s/, Unit.space);
  set(/[A-Z]/, Unit.capital);
}

export function isUnit(unit: number, bit: number): boolean {
  return unit < 128 && ((CLASSES[unit] as number) & bit) !== 0;
}

/** End of the run of such characters that begins at `at`. */
export function endOfRun(units: Units, at: number, end: number, bit: number): number {
  let cursor = at;
  while (cursor < end && isUnit(units[cursor] as number, bit)) cursor++;
  return cursor;
}

/** `\s` of any text. */
export function isSpace(unit: number): boolean {
  if (unit < 128) return ((CLASSES[unit] as number) & Unit.space) !== 0;
  return unit === WHITE_SPACE || unit === BYTE_ORDER_MARK;
}

/** Do the units at `at` read so? `word` is ASCII. */
export function startsWith(units: Units, at: number, end: number, word: string): boolean {
  if (at + word.length > end) return false;
  for (let index = 0; index < word.length; index++) {
    if (units[at + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** A number of `count` digits; −1 where one of them is none. The caller has looked that they are there. */
export function readDigits(units: Units, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = (units[index] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Makes units of texts, in memory that its next call takes again. */
export class UnitScratch {
  private units = new Uint8Array(256);

  of(text: string, from: number, to: number): Units {
    const length = to - from;
    if (length > this.units.length) this.units = new Uint8Array(length * 2);
    const { units } = this;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(from + index);
      units[index] = unit < 128 ? unit : standIn(unit);
    }
    return units;
  }
}

function standIn(unit: number): number {
  if (unit === 0xfeff) return BYTE_ORDER_MARK;
  const isWhite = unit === 0xa0 || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
  return isWhite ? WHITE_SPACE : OTHER;
}
