/** Frames of one TCP connection, and the records in them. */
export interface FrameCase {
  readonly about: string;
  readonly stream: string;
  readonly records: readonly string[];
  /** What is counted, by name. */
  readonly counters?: Readonly<Record<string, number>>;
}

/** RFC 6587, by its sections; the limit of a record is LIMIT bytes. */
export const FRAME_LIMIT = 64;
export const FRAME_CASES: readonly FrameCase[] = [
  {
    about: '§3.4.1: octet counting',
    stream: '7 <13>one7 <14>two',
    records: ['<13>one', '<14>two'],
  },
  {
    about: '§3.4.1: line ends in a counted frame are content',
    stream: '18 <13>a\n<14>forged\n\n5 <13>b',
    records: ['<13>a\n<14>forged\n\n', '<13>b'],
  },
  {
    about: '§3.4.1: MSG-LEN counts bytes, not characters',
    stream: '9 <13>şube5 <13>b',
    records: ['<13>şube', '<13>b'],
  },
  {
    about: '§3.4.1: a line end behind a counted frame is skipped',
    stream: '5 <13>a\n5 <13>b\r\n5 <13>c',
    records: ['<13>a', '<13>b', '<13>c'],
  },
  {
    about: '§3.4.1: MSG-LEN has no leading zero: the frame is read as a line',
    stream: '0 <13>a\n<13>b\n',
    records: ['<13>a', '<13>b'],
    counters: { bad_octet_count: 1 },
  },
  {
    about: '§3.4.1: a count that no frame can have',
    stream: '99999999999 <13>a\n<13>b\n',
    records: ['<13>a', '<13>b'],
    counters: { bad_octet_count: 1 },
  },
  {
    about: '§3.4.1: a count that is too large, noticed when the connection ends',
    stream: '60 <13>a\n<13>b\n',
    records: ['<13>a', '<13>b'],
    counters: { bad_octet_count: 1 },
  },
  {
    about: '§3.4.2: lines that end in LF',
    stream: '<13>one\n<14>two\n',
    records: ['<13>one', '<14>two'],
  },
  {
    about: '§3.4.2: CR LF: one CR belongs to the line end',
    stream: '<13>one\r\n<14>two\r\r\n',
    records: ['<13>one', '<14>two\r'],
  },
  {
    about: '§3.4.2: NUL, which some put there, is content',
    stream: '<13>one\0\n<14>two\n',
    records: ['<13>one\0', '<14>two'],
    counters: { nul: 1 },
  },
  {
    about: '§3.4.2: empty lines make no record',
    stream: '\n\r\n<13>one\n\n',
    records: ['<13>one'],
    counters: { empty: 3 },
  },
  {
    about: '§3.4.2: a line that begins with a number is no counted frame',
    stream: '10 packets dropped\n2026 Nov 23 b\n',
    records: ['10 packets dropped', '2026 Nov 23 b'],
  },
  {
    about: '§3.4: the method may change at each frame',
    stream: '<13>a\n5 <13>b<13>c\n5 <13>d',
    records: ['<13>a', '<13>b', '<13>c', '<13>d'],
  },
  {
    about: 'A connection that ends inside a line',
    stream: '<13>one\n<14>tw',
    records: ['<13>one', '<14>tw'],
    counters: { unterminated: 1 },
  },
  {
    about: 'A connection that ends inside a counted frame',
    stream: '7 <13>one20 <14>tw',
    records: ['<13>one', '<14>tw'],
    counters: { unterminated: 1 },
  },
  {
    about: `A line longer than the limit (${FRAME_LIMIT} bytes here): its rest is thrown away`,
    stream: `<13>${'x'.repeat(100)}\n<14>two\n`,
    records: [`<13>${'x'.repeat(60)}`, '<14>two'],
    counters: { truncated: 1 },
  },
  {
    about: 'A counted frame longer than the limit',
    stream: `104 <13>${'x'.repeat(100)}7 <14>two`,
    records: [`<13>${'x'.repeat(60)}`, '<14>two'],
    counters: { truncated: 1 },
  },
];
