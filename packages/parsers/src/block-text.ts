import { isAscii } from 'node:buffer';

/** Longest block that is decoded whole. */
const MAX_BLOCK = 4 * 1024 * 1024;

/** Texts of ASCII records. Those of a journal block are cut out of the block's text, which is decoded once. */
export class BlockText {
  private bytes: Uint8Array | undefined;
  private isAsciiBlock = false;
  private uses = 0;
  private text: string | undefined;

  isAscii(bytes: Uint8Array, from: number, to: number): boolean {
    if (bytes !== this.bytes) this.take(bytes);
    if (this.isAsciiBlock) return true;
    let seen = 0;
    for (let at = from; at < to; at++) seen |= bytes[at] as number;
    return seen < 0x80;
  }

  /** bytes[from, to) as text, all of it ASCII. */
  slice(bytes: Uint8Array, from: number, to: number): string {
    if (bytes !== this.bytes) this.take(bytes);
    this.uses += 1;
    // A caller may have one record in each piece of bytes.
    if (this.uses === 2 && bytes.length <= MAX_BLOCK) this.text = latin1(bytes, 0, bytes.length);
    return this.text === undefined ? latin1(bytes, from, to) : this.text.slice(from, to);
  }

  private take(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.isAsciiBlock = isAscii(bytes);
    this.uses = 0;
    this.text = undefined;
  }
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
