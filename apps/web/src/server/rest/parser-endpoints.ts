import {
  activateParserSchema,
  parserListSchema,
  parserSummarySchema,
  parserTrialSchema,
  parserVersionListSchema,
  parserVersionRefSchema,
  parserVersionSchema,
  saveParserSchema,
  tryParserSchema,
} from '@logmaster/core/api/parsers';
import { parserDefinitionSchema } from '@logmaster/core/custom-parsers/definition';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/** The component that bodies speak of: they take any object, so that all faults of a definition are told at once. */
export const PARSER_DEFINITION_ID = z.globalRegistry.get(parserDefinitionSchema)?.id ?? '';

/** Custom parsers. Trying changes nothing, and shows records: it is reading. */
export const PARSER_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/parsers': {
    summary: 'Custom parsers, in use or not',
    response: parserListSchema,
    scope: 'read',
    problems: [503],
  },
  'POST /api/v1/parsers': {
    summary: 'Saves a version of the parser that the definition names',
    id: 'saveParser',
    body: saveParserSchema,
    response: parserVersionSchema,
    status: 201,
    scope: 'parsers:write',
    problems: [400, 409, 413, 429, 503],
  },
  'POST /api/v1/parsers/try': {
    summary: 'What a definition makes of a device’s newest records, or of given ones; nothing is saved',
    id: 'tryParser',
    body: tryParserSchema,
    response: parserTrialSchema,
    scope: 'read',
    problems: [400, 404, 413, 429, 503, 504],
  },
  'GET /api/v1/parsers/{name}': {
    summary: 'A version with its definition: the named, else the active, else the newest one',
    id: 'parser',
    parameters: parserVersionRefSchema.pick({ version: true }),
    response: parserVersionSchema,
    scope: 'read',
    problems: [400, 404, 503],
  },
  'POST /api/v1/parsers/{name}/deactivate': {
    summary: 'Takes a parser out of use; its versions stay',
    id: 'deactivateParser',
    response: parserSummarySchema,
    scope: 'parsers:write',
    problems: [400, 404, 503],
  },
  'GET /api/v1/parsers/{name}/versions': {
    summary: 'All that was saved under a name, newest first',
    id: 'parserVersions',
    response: parserVersionListSchema,
    scope: 'read',
    problems: [400, 404, 503],
  },
  'POST /api/v1/parsers/{name}/activate': {
    summary: 'Takes a version into use, also an earlier one again',
    id: 'activateParser',
    body: activateParserSchema,
    response: parserSummarySchema,
    scope: 'parsers:write',
    problems: [400, 404, 409, 503],
  },
};
