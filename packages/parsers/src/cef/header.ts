/** The fields before the extension (CEF 25 §"Header"): `CEF:Version|Vendor|Product|Version|Class ID|Name|Severity|`. */
export interface CefHeader {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  /** "Signature ID" or "Device Event Class ID". */
  readonly classId: string;
  readonly name: string;
  /** 0–10, or a word. */
  readonly severity: string;
  /** Undefined when the record ends inside the header. */
  readonly extensionAt: number | undefined;
}

const PIPE = 0x7c;
const FIELDS = 7;
/** The specification allows 1023 characters for the longest of them. */
const MAX_FIELD = 2048;

/**
 * Reads the header at `at`, where `CEF:` stands. A record cut in its header keeps what is there; undefined when not
 * even vendor and product are.
 */
export function readCefHeader(text: string, at: number): CefHeader | undefined {
  const fields: string[] = [];
  let cursor = at;
  while (fields.length < FIELDS && cursor < text.length) {
    const end = endOfField(text, cursor);
    if (end - cursor > MAX_FIELD) return undefined;
    const raw = text.slice(cursor, end);
    fields.push((raw.includes('\\') ? raw.replace(/\\([\\|])/g, '$1') : raw).trim());
    cursor = end + 1;
  }
  if (fields.length < 3) return undefined;
  const [, vendor = '', product = '', version = '', classId = '', name = '', severity = ''] = fields;
  return {
    vendor,
    product,
    version,
    classId,
    name,
    severity,
    extensionAt: fields.length < FIELDS ? undefined : Math.min(cursor, text.length),
  };
}

/** Position of the next `|` that no backslash escapes, or the text's end. */
function endOfField(text: string, at: number): number {
  for (let cursor = at; cursor < text.length; cursor++) {
    const code = text.charCodeAt(cursor);
    if (code === 0x5c) cursor++;
    else if (code === PIPE) return cursor;
  }
  return text.length;
}
