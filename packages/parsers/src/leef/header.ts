/** The fields before the attributes: `LEEF:Version|Vendor|Product|Version|EventID|`, and in 2.0 the delimiter. */
export interface LeefHeader {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly eventId: string;
  /** The sign between attributes; undefined when the header names none. */
  readonly delimiter: string | undefined;
  readonly attributesAt: number;
}

const FIELDS = 5;
const MAX_FIELD = 512;

/** Reads the header at `at`, where `LEEF:` stands; undefined when it is not complete. */
export function readLeefHeader(text: string, at: number): LeefHeader | undefined {
  const fields: string[] = [];
  let cursor = at;
  while (fields.length < FIELDS) {
    const pipe = text.indexOf('|', cursor);
    if (pipe < 0 || pipe - cursor > MAX_FIELD) return undefined;
    fields.push(text.slice(cursor, pipe).trim());
    cursor = pipe + 1;
  }
  const [mark = '', vendor = '', product = '', version = '', eventId = ''] = fields;
  const declared = mark.endsWith('2.0') ? readDelimiter(text, cursor) : undefined;
  return {
    vendor,
    product,
    version,
    eventId,
    delimiter: declared?.sign,
    attributesAt: declared?.end ?? cursor,
  };
}

/** `^|`, `x09|`, `0x5E|`, `\t|` or nothing but `|`; undefined when the attributes begin at once. */
function readDelimiter(text: string, at: number): { sign: string | undefined; end: number } | undefined {
  const pipe = text.indexOf('|', at);
  if (pipe < 0 || pipe - at > 6) return undefined;
  const word = text.slice(at, pipe);
  if (word === '') return { sign: undefined, end: pipe + 1 };
  const hex = /^(?:0?[xX]|\\x|\\u00)([0-9a-fA-F]{1,4})$/.exec(word);
  if (hex) return { sign: String.fromCharCode(Number.parseInt(hex[1] as string, 16)), end: pipe + 1 };
  if (word === '\\t' || word === 'tab' || word === '<tab>') return { sign: '\t', end: pipe + 1 };
  return word.length === 1 && !/[\w=]/.test(word) ? { sign: word, end: pipe + 1 } : undefined;
}
