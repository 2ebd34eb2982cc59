/**
 * One way to say something, as a vendor's manual prints it. Literal text stands for itself, `{name}` for a value, and
 * `[…]` for a part that may be missing; `\[` is a bracket. A value reaches to the first place where the text after it
 * stands, so that reading is one pass whatever the text is. What follows the last literal is ignored.
 */
export interface Wording {
  /** Calls `onValue` for each value in order, trimmed, once the whole wording fits. False: it doesn't. */
  read(text: string, onValue: (name: string, value: string) => void): boolean;
}

interface Variant {
  readonly lead: string;
  readonly slots: readonly { readonly name: string; readonly after: string }[];
}

export function compileWording(template: string): Wording {
  const variants = expand(template).map(compileVariant);
  return {
    read(text, onValue) {
      for (const { lead, slots } of variants) {
        const values = matchVariant(text, lead, slots);
        if (!values) continue;
        for (const [index, slot] of slots.entries()) onValue(slot.name, (values[index] as string).trim());
        return true;
      }
      return false;
    },
  };
}

function matchVariant(text: string, lead: string, slots: Variant['slots']): string[] | undefined {
  if (!text.startsWith(lead)) return undefined;
  const values: string[] = [];
  let at = lead.length;
  for (const { after } of slots) {
    const end = after === '' ? text.length : text.indexOf(after, at);
    if (end < 0) return undefined;
    values.push(text.slice(at, end));
    at = end + after.length;
  }
  return values;
}

/** All forms of a template, those with more of their optional parts first. Optional parts don't nest. */
function expand(template: string): string[] {
  const open = indexOfBare(template, '[', 0);
  if (open < 0) return [template];
  const close = indexOfBare(template, ']', open);
  const [before, inside, after] = [template.slice(0, open), template.slice(open + 1, close), template.slice(close + 1)];
  return [...expand(`${before}${inside}${after}`), ...expand(`${before}${after}`)];
}

function indexOfBare(template: string, bracket: string, from: number): number {
  let at = template.indexOf(bracket, from);
  while (at > 0 && template[at - 1] === '\\') at = template.indexOf(bracket, at + 1);
  return at;
}

function compileVariant(template: string): Variant {
  const parts = template.split(/\{([^}]{1,64})\}/).map((part) => part.replace(/\\([[\]])/g, '$1'));
  const slots = [];
  for (let index = 1; index < parts.length; index += 2) {
    slots.push({ name: parts[index] as string, after: parts[index + 1] as string });
  }
  return { lead: parts[0] as string, slots };
}
