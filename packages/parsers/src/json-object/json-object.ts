import { parseExact } from './exact-json.ts';

/** An object of a record's JSON. Its values are of any kind: read them by the functions below. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Nesting of a cut object that is closed again. */
const MAX_DEPTH = 32;

/**
 * The JSON object that begins at `at`. A record cut by its sender is closed after its last whole member, and `cut`
 * says so. Undefined for anything else. V8's parser takes linear time and refuses what is no JSON.
 */
export function readJsonObject(text: string, at: number): { object: JsonObject; cut: boolean } | undefined {
  if (text.charCodeAt(at) !== 0x7b) return undefined;
  const whole = parse(text.slice(at, text.lastIndexOf('}') + 1));
  if (whole) return { object: whole, cut: false };
  const closed = parse(closeAfterLastMember(text.slice(at)));
  return closed && { object: closed, cut: true };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = parseExact(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Everything before the last comma that stands outside of a string, and the brackets that were open there. */
function closeAfterLastMember(text: string): string {
  const open: string[] = [];
  let inString = false;
  let end = 0;
  let closing = '';
  for (let at = 0; at < text.length && open.length <= MAX_DEPTH; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b) open.push('}');
    else if (code === 0x5b) open.push(']');
    else if (code === 0x7d || code === 0x5d) open.pop();
    else if (code === 0x2c) {
      end = at;
      closing = open.toReversed().join('');
    }
  }
  return text.slice(0, end) + closing;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object, or an empty one. */
export function objectOf(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

/** The member as text: strings, numbers and truth values; undefined for all else. */
export function textOf(object: JsonObject, key: string): string | undefined {
  return toText(object[key]);
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * Calls `onLeaf` for each value below `object`, with its path joined by `_`; lists of plain values are joined by commas.
 * Deeper than six levels, and more than 200 values, are left out: a record of this kind has a few dozen.
 */
export function eachLeaf(object: JsonObject, prefix: string, onLeaf: (name: string, value: string) => void): void {
  let left = 200;
  const visit = (value: JsonObject, path: string, depth: number): void => {
    for (const [key, member] of Object.entries(value)) {
      if (left <= 0) return;
      const name = path === '' ? key : `${path}_${key}`;
      if (isObject(member)) {
        if (depth < 6) visit(member, name, depth + 1);
        continue;
      }
      const text = Array.isArray(member) ? joined(member) : toText(member);
      if (text === undefined) continue;
      left--;
      onLeaf(name, text);
    }
  };
  visit(object, prefix, 0);
}

function joined(list: readonly unknown[]): string | undefined {
  const texts = list.slice(0, 64).map((item) => (isObject(item) ? JSON.stringify(item).slice(0, 256) : toText(item)));
  const present = texts.filter((text) => text !== undefined);
  return present.length === 0 ? undefined : present.join(',');
}
