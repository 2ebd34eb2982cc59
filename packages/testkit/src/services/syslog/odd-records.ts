/** Bytes that a careless sender or receiver changes: letters outside ASCII, no UTF-8 at all, white space at the end. */
const ODD = [
  Buffer.from('ğüşiöç İı'),
  Buffer.from([0xff, 0xfe, 0x80, 0x01, 0x7f]),
  Buffer.from(' \t%msg% $MESSAGE "q" \\n #011 '),
];
const MOST_FILLER = 6000;

/** Numbered records of every length up to some thousand bytes, without line ends and NUL. */
export function oddRecords(count: number, word = 'odd'): readonly Buffer[] {
  return Array.from({ length: count }, (_, n) =>
    Buffer.concat([
      Buffer.from(`<134>1 2026-01-01T00:00:00Z host ${word} - - - ${n} `),
      Buffer.alloc((n * 97) % MOST_FILLER, 'x'),
      ODD[n % ODD.length] ?? Buffer.alloc(0),
    ]),
  );
}

/** One char a byte. */
export function textsOf(records: readonly Buffer[]): readonly string[] {
  return records.map((record) => record.toString('latin1'));
}
