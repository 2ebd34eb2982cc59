/** Deeper objects, more keys and longer lists are somebody's invention; a record holds what it holds in its text. */
const MAX_DEPTH = 8;
const MAX_KEYS = 512;
const MAX_LIST = 64;
/** A nested name holds all names above it: a long one above many would be too much text. */
const MAX_NAME = 512;

/** Names and texts of one object's values, nested names joined by dots, in the object's order. */
export interface Flattened {
  readonly values: ReadonlyMap<string, string>;
  /** Something was left out by the bounds above. */
  readonly cut: boolean;
}

/** Lists of plain values become one text, their values joined by `, `; objects in lists get their number as a name. */
export function flatten(object: object): Flattened {
  const values = new Map<string, string>();
  let cut = false;

  function add(name: string, value: unknown, depth: number): void {
    if (value === null || value === undefined) return;
    if (values.size >= MAX_KEYS || depth > MAX_DEPTH || name.length > MAX_NAME) {
      cut = true;
      return;
    }
    if (typeof value !== 'object') values.set(name, String(value));
    else if (!Array.isArray(value)) addAll(`${name}.`, value, depth);
    else if (value.every((item) => typeof item !== 'object')) values.set(name, joined(value));
    else for (const [index, item] of value.slice(0, MAX_LIST).entries()) add(`${name}.${index}`, item, depth + 1);
  }

  function addAll(prefix: string, parent: object, depth: number): void {
    for (const [name, value] of Object.entries(parent)) add(prefix + name, value, depth + 1);
  }

  function joined(items: readonly unknown[]): string {
    if (items.length > MAX_LIST) cut = true;
    return items.slice(0, MAX_LIST).join(', ');
  }

  addAll('', object, 0);
  return { values, cut };
}
