import { endOfRun, startsWith, Unit, type Units } from './units.ts';

const SPACE = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The RFC allows 32. Each name is joined to it: without a bound, a long one and many names are too much text. */
const MAX_ID = 256;

/**
 * RFC 5424 §6.3 at `at`: `-` or elements without space between. Position behind it, −1 when it is malformed. One pass.
 * @param places takes six positions for each parameter: SD-ID, PARAM-NAME and value, from and to
 */
export function endOfData(units: Units, at: number, end: number, places?: number[]): number {
  if (at < end && units[at] === 0x2d) return at + 1;
  if (at >= end || units[at] !== OPEN) return -1;
  let cursor = at;
  while (cursor < end && units[cursor] === OPEN) {
    const idAt = cursor + 1;
    const idEnd = endOfName(units, idAt, end);
    if (idEnd === idAt || idEnd - idAt > MAX_ID) return -1;
    cursor = idEnd;
    while (cursor < end && units[cursor] === SPACE) {
      const nameAt = cursor + 1;
      const nameEnd = endOfName(units, nameAt, end);
      if (nameEnd === nameAt || nameEnd + 1 >= end || units[nameEnd] !== EQUALS || units[nameEnd + 1] !== QUOTE)
        return -1;
      const valueEnd = endOfValue(units, nameEnd + 2, end);
      if (valueEnd < 0) return -1;
      places?.push(idAt, idEnd, nameAt, nameEnd, nameEnd + 2, valueEnd);
      cursor = valueEnd + 1;
    }
    if (cursor >= end || units[cursor] !== CLOSE) return -1;
    cursor++;
  }
  return cursor;
}

/** Starts of records that stand where structured data should. */
const OWN_STARTS = ['CEF:', 'LEEF:', '{"', 'time=', 'event='];

/**
 * Check Point writes its records where structured data should stand, in all its forms: `[action:"Accept"; …]`, elements
 * that end in a space, CEF, LEEF, JSON and `time=…|`; and Clavister's InControl, whose message begins with `event=`.
 */
export function isOwnForm(units: Units, at: number, end: number): boolean {
  if (at >= end) return false;
  if (units[at] !== OPEN) return OWN_STARTS.some((start) => startsWith(units, at, end, start));
  if (startsWith(units, at + 1, end, 'Fields@1.3.6.1.4.1.2620 ')) return true;
  const nameEnd = endOfRun(units, at + 1, Math.min(end, at + 66), Unit.name);
  return nameEnd > at + 1 && nameEnd < end && units[nameEnd] === COLON;
}

/** The parameters of well-formed data: `SD-ID` and `PARAM-NAME` joined by `_`, and the value without escapes. */
export function readParameters(text: string, units: Units, at: number, end: number): [name: string, value: string][] {
  const places: number[] = [];
  endOfData(units, at, end, places);
  const parameters: [string, string][] = [];
  for (let index = 0; index < places.length; index += 6) {
    const [idAt, idEnd, nameAt, nameEnd, valueAt, valueEnd] = places.slice(index, index + 6);
    const value = text.slice(valueAt, valueEnd).replace(/\\(["\\\]])/g, '$1');
    parameters.push([`${text.slice(idAt, idEnd)}_${text.slice(nameAt, nameEnd)}`, value]);
  }
  return parameters;
}

/** SD-NAME: printable ASCII without `=`, space, `]` and `"`. */
function endOfName(units: Units, at: number, end: number): number {
  let cursor = at;
  for (; cursor < end; cursor++) {
    const code = units[cursor] as number;
    if (code <= SPACE || code > 0x7e || code === EQUALS || code === CLOSE || code === QUOTE) break;
  }
  return cursor;
}

function endOfValue(units: Units, at: number, end: number): number {
  for (let cursor = at; cursor < end; cursor++) {
    const code = units[cursor];
    if (code === BACKSLASH) cursor++;
    else if (code === QUOTE) return cursor;
  }
  return -1;
}
