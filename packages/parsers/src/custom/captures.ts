/** Names and values that a definition took out of one record, in order; a name may come more than once. */
export type Captures = readonly (readonly [name: string, value: string])[];

/** Finds what a definition describes in a text; undefined when it is not there. */
export type CaptureReader = (text: string) => Captures | undefined;

export function captured(captures: Captures, name: string): string | undefined {
  for (const [each, value] of captures) if (each === name) return value;
  return undefined;
}
