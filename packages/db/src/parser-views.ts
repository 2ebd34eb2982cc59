import type { ParserSummary, ParserVersion } from '@logmaster/core/api/parsers';
import type { ParserRow, ParserVersionRow } from './custom-parsers.ts';

/** Rows as API and CLI show them. */
export function toParserSummary({ name, activeVersion, newest }: ParserRow): ParserSummary {
  const { description } = newest.definition as { readonly description?: unknown };
  return {
    name,
    active_version: activeVersion,
    newest_version: newest.version,
    description: typeof description === 'string' ? description : '',
    author: newest.author,
    created_at: newest.createdAt.toISOString(),
  };
}

export function toParserVersion({ definition, createdAt, ...row }: ParserVersionRow): ParserVersion {
  // What is stored was an object when it was saved.
  return { ...row, created_at: createdAt.toISOString(), definition: definition as Record<string, unknown> };
}
