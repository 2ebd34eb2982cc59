const QUOTE = 0x22;
const COMMA = 0x2c;
const SPACE = 0x20;

/** Where the values of one row stand, without their quotes. */
export class RowPlaces {
  count = 0;
  readonly from: Int32Array;
  readonly to: Int32Array;

  /** @param most further values are left out */
  constructor(most: number) {
    this.from = new Int32Array(most);
    this.to = new Int32Array(most);
  }

  /**
   * Finds the values of bytes[at, end), as csv/split.ts. False where one is padded, or holds quotes, or more follows its
   * closing quote: such a row has to be read as text.
   */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    const { from, to } = this;
    const most = from.length;
    let count = 0;
    let cursor = at;
    for (;;) {
      let valueAt = cursor;
      let valueEnd: number;
      if (bytes[cursor] === QUOTE && cursor < end) {
        valueAt = cursor + 1;
        valueEnd = valueAt;
        while (valueEnd < end && bytes[valueEnd] !== QUOTE) valueEnd++;
        cursor = valueEnd + 1;
        if (valueEnd >= end || (cursor < end && bytes[cursor] !== COMMA)) return false;
      } else {
        while (cursor < end && bytes[cursor] !== COMMA) cursor++;
        valueEnd = cursor;
      }
      if (valueEnd > valueAt && (bytes[valueAt] === SPACE || bytes[valueEnd - 1] === SPACE)) return false;
      from[count] = valueAt;
      to[count] = valueEnd;
      count += 1;
      if (cursor >= end || count === most) break;
      cursor += 1;
    }
    this.count = count;
    return true;
  }
}
