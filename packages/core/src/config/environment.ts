import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { SECRETS } from './secrets.ts';

type Present = Record<string, string>;

function invalid(detail: string, cause?: unknown): AppError {
  return new AppError('CONFIG_INVALID', { detail, ...(cause === undefined ? {} : { cause }) });
}

/** The secret that `name` keeps in a file: its text without the line end that editors and `echo` leave. */
function readSecretFile(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw invalid(`${name}_FILE: the file can not be read (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
  if (text === '') throw invalid(`${name}_FILE: the file is empty`);
  return text;
}

/** Secrets of the fragment that are given as NAME_FILE. Both ways at once is a mistake that only a person can settle. */
function secretsFromFiles(names: readonly string[], present: Readonly<Present>): Present {
  const found: Present = {};
  for (const name of names) {
    const file = SECRETS.has(name) ? present[`${name}_FILE`] : undefined;
    if (file === undefined) continue;
    if (present[name] !== undefined) throw invalid(`${name} and ${name}_FILE are both given: keep one of them`);
    found[name] = readSecretFile(name, file);
  }
  return found;
}

/**
 * The one place that reads process.env (lint rule noProcessEnv). Fragments beside this file say what each part needs; a
 * secret may also be given as NAME_FILE, the path of a file that holds it. CONFIG_INVALID names every wrong variable
 * and prints no value.
 */
export function readEnvironment<T extends z.ZodObject>(
  fragment: T,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<T> {
  const present = Object.fromEntries(
    Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const result = fragment.safeParse({ ...present, ...secretsFromFiles(Object.keys(fragment.shape), present) });
  if (result.success) return result.data;
  throw invalid(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

/** The environment for a child process: this one's, with the given names added. */
export function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}
