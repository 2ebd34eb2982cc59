import { UsageError } from '../exit.ts';
import { readDefinition } from './definition-file.ts';
import type { StoredParsers } from './stored-parsers.ts';

export interface ActionOptions {
  readonly version?: string | undefined;
  readonly 'no-activate': boolean;
}

/** What an action on stored parsers answers: for programs, and in lines for people. */
export interface ActionAnswer {
  readonly answer: unknown;
  readonly lines: readonly string[];
}

interface Action {
  /** How many arguments it takes. */
  readonly takes: number;
  run(stored: StoredParsers, args: readonly string[], options: ActionOptions): Promise<ActionAnswer>;
}

/** A whole number from 1 up to `most`, or wrong use. */
export function wholeNumber(text: string, what: string, most = 999_999_999): number {
  const value = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`${what} is a whole number from 1 to ${most}`);
}

export const ACTIONS: Readonly<Record<string, Action>> = {
  list: {
    takes: 0,
    async run(stored) {
      const parsers = await stored.list();
      const used = (version: number | null) => (version === null ? 'not in use' : `version ${version}`);
      const lines = parsers.map((each) => `${each.name}  ${used(each.active_version)}  ${each.description}`);
      return { answer: { parsers }, lines };
    },
  },
  show: {
    takes: 1,
    async run(stored, [name = ''], { version }) {
      const shown = await stored.show(name, version === undefined ? undefined : wholeNumber(version, '--version'));
      return { answer: shown, lines: [JSON.stringify(shown.definition, undefined, 2)] };
    },
  },
  versions: {
    takes: 1,
    async run(stored, [name = '']) {
      const versions = await stored.versions(name);
      const lines = versions.map(
        (each) => `${each.version}  ${each.created_at}  ${each.author}${each.active ? '  in use' : ''}`,
      );
      return { answer: { versions }, lines };
    },
  },
  save: {
    takes: 1,
    async run(stored, [file = ''], options) {
      const saved = await stored.save(await readDefinition(file), !options['no-activate']);
      return {
        answer: saved,
        lines: [`${saved.name} version ${saved.version}${saved.active ? ' is in use' : ' is saved'}`],
      };
    },
  },
  activate: {
    takes: 2,
    async run(stored, [name = '', version = '']) {
      const parser = await stored.activate(name, wholeNumber(version, 'the version'));
      return { answer: parser, lines: [`${name} version ${version} is in use`] };
    },
  },
  deactivate: {
    takes: 1,
    async run(stored, [name = '']) {
      return { answer: await stored.deactivate(name), lines: [`${name} is not in use`] };
    },
  },
};
