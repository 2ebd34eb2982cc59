import { coverageParamsSchema, restCoverageListSchema, restCoverageSchema } from '@logmaster/core/api/coverage';
import { healthSchema, pipelineStateSchema } from '@logmaster/core/api/health';
import { identityEventsAnswerSchema, identityEventsSchema } from '@logmaster/core/api/identity-events';
import { searchParamsSchema, searchResponseSchema } from '@logmaster/core/api/search';
import { z } from 'zod';
import { restAssetSchema, restAssetsSchema, restNewAssetSchema } from '../contracts/assets.ts';
import { restDevicesParamsSchema, restDevicesSchema } from './device-schema.ts';
import type { Endpoint } from './endpoint.ts';
import { PARSER_ENDPOINTS } from './parser-endpoints.ts';

const readySchema = z.object({ ready: z.boolean() }).meta({ id: 'Ready' });
const liveSchema = z.object({ live: z.literal(true) }).meta({ id: 'Live' });

/** All of the REST API, by `METHOD path`. router-cases/ hold the routes to the scopes. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/search': {
    summary: 'Records that match a query, newest first',
    parameters: searchParamsSchema,
    response: searchResponseSchema,
    scope: 'read',
    problems: [400, 503, 504],
  },
  'GET /api/v1/devices': {
    summary: 'Senders of logs and their sites',
    parameters: restDevicesParamsSchema,
    response: restDevicesSchema,
    scope: 'read',
    problems: [400, 503],
  },
  'GET /api/v1/devices/{id}/coverage': {
    summary: 'How the records of a device are parsed: score, fields seen, what was not read, drift',
    id: 'device-coverage',
    parameters: coverageParamsSchema,
    response: restCoverageSchema,
    scope: 'read',
    problems: [400, 404, 503],
  },
  'GET /api/v1/coverage': {
    summary: 'How the records of each device were parsed in the last 24 hours, and whose parsing has drifted',
    response: restCoverageListSchema,
    scope: 'read',
    problems: [400, 503],
  },
  'GET /api/v1/assets': {
    summary: 'Things of the network that have a name',
    response: restAssetsSchema,
    scope: 'read',
    problems: [503],
  },
  'POST /api/v1/assets': {
    summary: 'Names an address, a block of addresses or a MAC; records have the name as they arrive',
    id: 'createAsset',
    body: restNewAssetSchema,
    response: restAssetSchema,
    status: 201,
    scope: 'assets:write',
    problems: [400, 404, 409, 413, 503],
  },
  'DELETE /api/v1/assets/{id}': {
    summary: 'Takes a name back; records that have it keep it',
    id: 'removeAsset',
    status: 204,
    scope: 'assets:write',
    problems: [400, 404, 503],
  },
  'POST /api/v1/identity-events': {
    summary: 'Tells who is behind an address; answered when the events are recorded durably',
    body: identityEventsSchema,
    headers: { 'Idempotency-Key': 'The same key with the same events again records nothing more' },
    response: identityEventsAnswerSchema,
    scope: 'identity:write',
    problems: [400, 409, 413, 503],
  },
  'GET /api/v1/pipeline': {
    summary: 'Counters: seen = journaled + dropped, journaled = indexed + quarantined + pending',
    response: pipelineStateSchema,
    scope: 'read',
    problems: [503],
  },
  'GET /api/v1/health': {
    summary: 'Each part with its state and lag',
    response: healthSchema,
    scope: null,
    problems: [],
  },
  'GET /api/v1/ready': {
    summary: 'Whether this node can serve requests now; for load balancers',
    response: readySchema,
    scope: null,
    also: { status: 503, description: 'Not now' },
    problems: [],
  },
  'GET /api/v1/live': { summary: 'The process answers', response: liveSchema, scope: null, problems: [] },
  ...PARSER_ENDPOINTS,
};
