const LF = 0x0a;
const CR = 0x0d;

function withoutCr(line: Buffer): Buffer {
  return line.at(-1) === CR ? line.subarray(0, -1) : line;
}

/**
 * Cuts a byte stream into lines without decoding it: LF ends a line, a CR before it is dropped, and the last line needs
 * no LF. A line longer than `limit` bytes is cut there and the rest of it passed over, so that a file without line ends
 * costs no more memory than that.
 */
export async function* byteLines(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (piece: Buffer) => {
    // One byte over the limit is kept for a CR that belongs to the line end.
    const room = limit + 1 - length;
    if (room > 0) parts.push(piece.subarray(0, room));
    length += piece.length;
  };
  const finish = (): Buffer => {
    const line = withoutCr(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)).subarray(0, limit);
    parts = [];
    length = 0;
    return line;
  };
  for await (const bytes of input) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      keep(chunk.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    // Copied: the stream may use its buffer again.
    if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
  }
  if (length > 0) yield finish();
}
