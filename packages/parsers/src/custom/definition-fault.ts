/** Why a definition can't be used, and where in it. */
export interface DefinitionFault {
  /** `patterns.0`, `pattern_definitions.ACMEID`, `applies_to.rule.regex`, … */
  readonly path: string;
  readonly reason: string;
}

/** Thrown while a pattern is compiled; the caller knows the path. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
}
