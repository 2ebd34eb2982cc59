import { z } from 'zod';
import { slugSchema } from '../names.ts';

/**
 * The active custom parsers. The database owns them; the processor keeps the newest copy in a file, so that it works
 * while the database is away. Definitions are checked one by one where they are used: one that another version of
 * LogMaster wrote must not cost the others.
 */
export const parserSetSchema = z.strictObject({
  /** Grows with every change. */
  version: z.int().nonnegative(),
  parsers: z.array(z.strictObject({ name: slugSchema, version: z.int().positive(), definition: z.unknown() })),
});
export type ParserSet = z.infer<typeof parserSetSchema>;

export const NO_PARSERS: ParserSet = { version: 0, parsers: [] };

/** Implemented by packages/db; the pipeline is given one. Throws DATABASE_UNAVAILABLE. */
export interface ParserDirectory {
  /** Undefined when nothing has changed since version `known`. */
  loadParsers(known: number | undefined): Promise<ParserSet | undefined>;
}
