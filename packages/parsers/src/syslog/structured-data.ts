export interface StructuredData {
  /** `SD-ID` and `PARAM-NAME` joined by `_`, and the value without escapes. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly end: number;
}

/** The RFC allows 32. Each name is joined to it: without a bound, a long one and many names are too much text. */
const MAX_ID = 256;

/** RFC 5424 §6.3 at `at`: `-` or elements without space between. Undefined when it is malformed. One pass. */
export function readStructuredData(text: string, at: number): StructuredData | undefined {
  if (text[at] === '-') return { parameters: [], end: at + 1 };
  if (text[at] !== '[') return undefined;
  const parameters: [string, string][] = [];
  let cursor = at;
  while (text[cursor] === '[') {
    const idEnd = endOfName(text, cursor + 1);
    if (idEnd === cursor + 1 || idEnd - cursor > MAX_ID) return undefined;
    const id = text.slice(cursor + 1, idEnd);
    cursor = idEnd;
    while (text[cursor] === ' ') {
      const nameEnd = endOfName(text, cursor + 1);
      if (nameEnd === cursor + 1 || text[nameEnd] !== '=' || text[nameEnd + 1] !== '"') return undefined;
      const valueEnd = endOfValue(text, nameEnd + 2);
      if (valueEnd < 0) return undefined;
      const value = text.slice(nameEnd + 2, valueEnd).replace(/\\(["\\\]])/g, '$1');
      parameters.push([`${id}_${text.slice(cursor + 1, nameEnd)}`, value]);
      cursor = valueEnd + 1;
    }
    if (text[cursor] !== ']') return undefined;
    cursor++;
  }
  return { parameters, end: cursor };
}

const OWN_LIST = /\[(?:\w{1,64}:|Fields@1\.3\.6\.1\.4\.1\.2620 )/y;

/**
 * Check Point puts lists of its own where structured data should stand: `[action:"Accept"; …]`, and elements that end
 * in a space.
 */
export function isOwnList(text: string, at: number): boolean {
  OWN_LIST.lastIndex = at;
  return OWN_LIST.test(text);
}

/** SD-NAME: printable ASCII without `=`, space, `]` and `"`. */
function endOfName(text: string, at: number): number {
  let cursor = at;
  for (; cursor < text.length; cursor++) {
    const code = text.charCodeAt(cursor);
    if (code <= 0x20 || code > 0x7e || code === 0x3d || code === 0x5d || code === 0x22) break;
  }
  return cursor;
}

function endOfValue(text: string, at: number): number {
  for (let cursor = at; cursor < text.length; cursor++) {
    const code = text.charCodeAt(cursor);
    if (code === 0x5c) cursor++;
    else if (code === 0x22) return cursor;
  }
  return -1;
}
