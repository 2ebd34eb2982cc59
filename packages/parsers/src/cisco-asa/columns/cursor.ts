const SPACE = 0x20;

/** Goes over the bytes of one message. Methods give false, or −1, where the text is not what is asked for. */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;

  take(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** −1 at the end. */
  get byte(): number {
    return this.at < this.end ? (this.bytes[this.at] as number) : -1;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  literal(text: string): boolean {
    const { bytes, at } = this;
    if (at + text.length > this.end) return false;
    for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
    this.at = at + text.length;
    return true;
  }

  /** `\w` and more, 1 to `most` long: where it began. */
  word(most: number): number {
    const from = this.at;
    const { bytes, end } = this;
    let at = from;
    while (at < end && isWordByte(bytes[at] as number)) at++;
    if (at === from || at - from > most) return -1;
    this.at = at;
    return from;
  }

  /** Anything up to the byte, which is left, 1 to `most` long and without white space and control characters. */
  until(stop: number, most: number): number {
    const from = this.at;
    const { bytes, end } = this;
    const limit = Math.min(end, from + most + 1);
    let at = from;
    while (at < limit && bytes[at] !== stop && (bytes[at] as number) > SPACE) at++;
    if (at === from || at >= limit || bytes[at] !== stop) return -1;
    this.at = at;
    return from;
  }

  /** A whole number of 1 to `most` digits that no digit follows. */
  digits(most: number): number {
    const { bytes, end } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === from || at - from > most) return -1;
    this.at = at;
    return value;
  }

  /** An address of four numbers, as values/ip.ts takes it: the place behind it, or −1. */
  quad(): number {
    const { bytes, end } = this;
    let at = this.at;
    for (let part = 0; part < 4; part++) {
      if (part > 0 && bytes[at++] !== 0x2e) return -1;
      const from = at;
      let value = 0;
      for (; at < end; at++) {
        const digit = (bytes[at] as number) - 0x30;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      const count = at - from;
      if (count === 0 || count > 3 || value > 255 || (count > 1 && bytes[from] === 0x30)) return -1;
      if (at >= end && part < 3) return -1;
    }
    this.at = at;
    return at;
  }

  /** `0:00:10`: seconds. */
  clock(): number {
    const hours = this.digits(6);
    if (hours < 0 || !this.literal(':')) return -1;
    const minutes = this.digits(2);
    if (minutes < 0 || !this.literal(':')) return -1;
    const seconds = this.digits(2);
    return seconds < 0 ? -1 : (hours * 60 + minutes) * 60 + seconds;
  }
}

function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}
