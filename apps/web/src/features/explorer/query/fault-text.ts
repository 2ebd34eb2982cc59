/**
 * The query package explains faults in English. Here each sentence is recognised by its shape, so that it can be said
 * in the reader's language; a test asks the package for each of them. What is not recognised is shown as it came.
 */
const SHAPES = [
  ['nothingBetween', /^There is nothing between the parentheses$/],
  ['noOpening', /^There is no opening parenthesis/],
  ['notClosed', /^This parenthesis is not closed$/],
  ['quoteOpen', /^This quote is not closed$/],
  ['valueMissing', /^A value must follow the colon/],
  ['colonMissing', /^A colon and a value must follow/],
  ['rangeShape', /^A range is written/],
  ['comparisonValue', /^A number, time or address must follow/],
  ['somethingAfter', /^Something to search for must follow “(?<a>.*)”$/s],
  ['endsEarly', /^The query ends too early$/],
  ['missingBefore', /^Something is missing before “(?<a>.*)”$/s],
  ['cantStand', /^“(?<a>.*)” can’t stand here/s],
  ['fuzzy', /^Fuzzy search/],
  ['regex', /^Regular expressions are not supported/],
  ['backslash', /^A backslash must be followed/],
  ['noFieldMeant', /^There is no field “(?<a>.*)”; did you mean (?<b>.*)\?$/s],
  ['noField', /^There is no field “(?<a>.*)”$/s],
  ['fieldInside', /^A field can’t be named inside (?<a>.*):\( \)$/s],
  ['starField', /^A field name can’t be \*/],
  ['rangeNeedsField', /^A range needs a field/],
  ['comparisonNeedsField', /^A comparison needs a field/],
  ['noLetter', /^“(?<a>.*)” has no letter or digit/s],
  ['isTime', /^(?<a>\S+) is a time: .*, not “(?<b>.*)”$/s],
  ['isNumber', /^(?<a>\S+) is a whole number, “(?<b>.*)” is not$/s],
  ['isAddress', /^(?<a>\S+) is an IP address: .*, not “(?<b>.*)”$/s],
  ['noWildcard', /^(?<a>\S+) can’t be searched with \* or \?/],
  ['needsAddress', /^(?<a>\S+) needs an IP address here/],
  ['mixedFamilies', /^A range can’t go from IPv4 to IPv6$/],
  ['isText', /^(?<a>\S+) is text; ranges need/],
  ['tooDeep', /^The query is nested deeper than (?<a>\d+) levels$/],
  ['tooMany', /^The query has more than (?<a>\d+) parts$/],
] as const;

export type FaultKey = (typeof SHAPES)[number][0];

export interface FaultText {
  readonly key: FaultKey;
  readonly a: string;
  readonly b: string;
}

export function recogniseFault(message: string): FaultText | null {
  for (const [key, shape] of SHAPES) {
    const match = shape.exec(message);
    if (match) return { key, a: match.groups?.a ?? '', b: match.groups?.b ?? '' };
  }
  return null;
}
