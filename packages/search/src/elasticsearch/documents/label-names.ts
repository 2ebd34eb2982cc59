import { standIn } from './stand-in.ts';

/**
 * Labels as keys of a `flattened` field. Plain names, with single dots inside, stand as they are; others are escaped so
 * that no key of any kind breaks the field, a path to it or a JavaScript object.
 */
const PLAIN = /^[A-Za-z0-9-][\w-]*(?:\.[\w-]+)*$/;
/** Longest name used as it is, characters after escaping. */
const LONGEST_NAME = 512;
/** A label without a name; no escaped name is a single %. */
const NAMELESS = '%';

/** The label's name in the index. One that is too long is a stand-in. */
export function labelName(key: string): string {
  if (PLAIN.test(key) && key.length <= LONGEST_NAME) return key;
  if (key === '') return NAMELESS;
  const escaped = encodeURIComponent(key.toWellFormed()).replace(
    /[.!~*'()]|^_/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return escaped.length > LONGEST_NAME ? standIn(escaped) : escaped;
}

/** Inverse of `labelName`, undefined for a stand-in. */
export function labelKey(name: string): string | undefined {
  if (name === NAMELESS) return '';
  return name.startsWith('#') ? undefined : decodeURIComponent(name);
}
