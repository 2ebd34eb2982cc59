const LF = 0x0a;

/** Lines without their LF. Yields undefined, once, for a line over the bound or a last one without LF, and ends. */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<Buffer | undefined> {
  let carry: Buffer[] = [];
  let carried = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      yield Buffer.concat([...carry, chunk.subarray(from, end)]);
      carry = [];
      carried = 0;
      from = end + 1;
    }
    carry.push(chunk.subarray(from));
    carried += chunk.length - from;
    if (carried > maxLineBytes) {
      yield undefined;
      return;
    }
  }
  if (carried > 0) yield undefined;
}
