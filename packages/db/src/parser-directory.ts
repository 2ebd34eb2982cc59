import { type ParserDirectory, parserSetSchema } from '@logmaster/core/custom-parsers/parser-set';
import { onPool, openIngestPool } from './ingest-pool.ts';

/** Version and active definitions as one statement sees them; no row when the version is known. */
const LOAD_PARSERS = `
    SELECT json_build_object(
      'version', version,
      'parsers', coalesce(
        (SELECT json_agg(json_build_object('name', name, 'version', versions.version, 'definition', definition) ORDER BY name)
         FROM custom_parsers JOIN custom_parser_versions AS versions USING (name)
         WHERE versions.version = active_version), '[]')
    ) AS parsers
    FROM parser_set_version WHERE version IS DISTINCT FROM $1`;

export interface OpenParserDirectory extends ParserDirectory {
  close(): Promise<void>;
}

/** The active custom parsers as ingest sees them. Connects at the first call. */
export function openParserDirectory({ url }: { readonly url: string }): OpenParserDirectory {
  const pool = openIngestPool(url);
  return {
    loadParsers: (known) =>
      onPool(async () => {
        const { rows } = await pool.query<{ parsers: unknown }>(LOAD_PARSERS, [known ?? null]);
        return rows[0] && parserSetSchema.parse(rows[0].parsers);
      }),
    close: () => pool.end(),
  };
}
