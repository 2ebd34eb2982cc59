/** Bounds of a custom parser, so that no definition costs more than it may. docs/custom-parsers.md tells them. */
export const PARSER_LIMITS = {
  /** Bytes of a definition as JSON. */
  definitionBytes: 65_536,
  patterns: 32,
  /** Characters of one pattern, before what it refers to is put in. */
  patternLength: 4096,
  patternDefinitions: 64,
  /** Named captures of one pattern. */
  captures: 64,
  /** Entries of the field map, and of each table. */
  fields: 256,
  /** Steps of one pattern with its counted repeats written out: time is at most this times the text's length. */
  programSize: 2000,
  /** Characters of a record that are looked at; what comes after them is not read. */
  textLength: 8192,
  /** Pairs of one key=value record. */
  pairs: 256,
  /** Definitions that are active at the same time. */
  activeParsers: 100,
  /** A record should not take longer, ms. */
  recordBudgetMs: 10,
} as const;
