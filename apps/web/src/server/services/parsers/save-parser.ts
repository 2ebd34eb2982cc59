import type { ParserVersion } from '@logmaster/core/api/parsers';
import { saveParser as store } from '@logmaster/db/custom-parser-changes';
import { toParserVersion } from '@logmaster/db/parser-views';
import { invalidParser } from '@logmaster/parsers/custom/trial/trial-answer';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireScope } from '../require-scope.ts';

type Deps = Pick<Dependencies, 'database' | 'trials' | 'clock'>;

/** Saves the next version of the parser that the definition names. PARSER_INVALID with all its faults. */
export async function saveParser(
  { database: { primary }, trials, clock }: Deps,
  user: SessionUser,
  { definition, activate }: { readonly definition: Readonly<Record<string, unknown>>; readonly activate: boolean },
): Promise<ParserVersion> {
  requireScope(user, 'parsers:write');
  const outcome = await trials.run(definition, []);
  if ('faults' in outcome) throw invalidParser(outcome.faults);
  // The check has found it to be a slug.
  const name = definition.name as string;
  const saved = { name, definition, author: user.username, now: dateOf(clock), activate };
  return toParserVersion(await store(primary, saved));
}
