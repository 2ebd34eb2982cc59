import { coverageParamsSchema, restCoverageListSchema, restCoverageSchema } from '@logmaster/core/api/coverage';
import { healthSchema, pipelineStateSchema } from '@logmaster/core/api/health';
import { identityEventsAnswerSchema, identityEventsSchema } from '@logmaster/core/api/identity-events';
import { problemSchema } from '@logmaster/core/api/problem';
import { searchParamsSchema, searchResponseSchema } from '@logmaster/core/api/search';
import { SOFTWARE } from '@logmaster/core/version';
import { z } from 'zod';
import { restAssetsSchema } from '../contracts/assets.ts';
import { restDevicesParamsSchema, restDevicesSchema } from './device-schema.ts';
import { PARSER_DEFINITION_ID, PARSER_ENDPOINTS } from './parser-endpoints.ts';

const readySchema = z.object({ ready: z.boolean() }).meta({ id: 'Ready' });
const liveSchema = z.object({ live: z.literal(true) }).meta({ id: 'Live' });

/** One method of one path of the REST API. */
export interface Endpoint {
  readonly summary: string;
  /** Left out: the last part of the path. */
  readonly id?: string;
  /** Of the query string. Those of the path are text. */
  readonly parameters?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
  readonly response: z.ZodType;
  /** Left out: 200. */
  readonly status?: number;
  /** False: needs no token. */
  readonly token: boolean;
  /** Another status with the same answer in it. */
  readonly also?: { readonly status: number; readonly description: string };
  /** Statuses of the problem documents it can answer, beside 401 where a token is needed. */
  readonly problems: readonly number[];
}

/** By `METHOD path`. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/search': {
    summary: 'Records that match a query, newest first',
    parameters: searchParamsSchema,
    response: searchResponseSchema,
    token: true,
    problems: [400, 403, 503, 504],
  },
  'GET /api/v1/devices': {
    summary: 'Senders of logs and their sites',
    parameters: restDevicesParamsSchema,
    response: restDevicesSchema,
    token: true,
    problems: [400, 503],
  },
  'GET /api/v1/devices/{id}/coverage': {
    summary: 'How the records of a device are parsed: score, fields seen, what was not read, drift',
    id: 'device-coverage',
    parameters: coverageParamsSchema,
    response: restCoverageSchema,
    token: true,
    problems: [400, 404, 503],
  },
  'GET /api/v1/coverage': {
    summary: 'How the records of each device were parsed in the last 24 hours, and whose parsing has drifted',
    response: restCoverageListSchema,
    token: true,
    problems: [400, 503],
  },
  'GET /api/v1/assets': {
    summary: 'Things of the network that have a name',
    response: restAssetsSchema,
    token: true,
    problems: [503],
  },
  'POST /api/v1/identity-events': {
    summary: 'Tells who is behind an address; answered when the events are recorded durably',
    body: identityEventsSchema,
    headers: { 'Idempotency-Key': 'The same key with the same events again records nothing more' },
    response: identityEventsAnswerSchema,
    token: true,
    problems: [400, 409, 413, 503],
  },
  'GET /api/v1/pipeline': {
    summary: 'Counters: seen = journaled + dropped, journaled = indexed + quarantined + pending',
    response: pipelineStateSchema,
    token: true,
    problems: [503],
  },
  'GET /api/v1/health': {
    summary: 'Each part with its state and lag',
    response: healthSchema,
    token: false,
    problems: [],
  },
  'GET /api/v1/ready': {
    summary: 'Whether this node can serve requests now; for load balancers',
    response: readySchema,
    token: false,
    also: { status: 503, description: 'Not now' },
    problems: [],
  },
  'GET /api/v1/live': { summary: 'The process answers', response: liveSchema, token: false, problems: [] },
  ...PARSER_ENDPOINTS,
};

/** Schemas with an id (`.meta({ id })`) become components that the others refer to. */
function jsonSchemas(io: 'input' | 'output') {
  return z.toJSONSchema(z.globalRegistry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
  }).schemas;
}

/** What comes in: there, what has a default may be left out. */
function inputSchemas() {
  const bodies = Object.values(ENDPOINTS).flatMap(({ body }) => (body ? [z.globalRegistry.get(body)?.id] : []));
  const wanted = new Set([...bodies, PARSER_DEFINITION_ID]);
  return Object.fromEntries(Object.entries(jsonSchemas('input')).filter(([id]) => wanted.has(id)));
}

function withoutDialect(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _, $id: __, ...rest } = schema;
  return rest;
}

function reference(schema: z.ZodType): { $ref: string } {
  return { $ref: `#/components/schemas/${z.globalRegistry.get(schema)?.id}` };
}

function parameters(schema: z.ZodObject) {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(whole.required ?? []);
  return Object.entries(whole.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property as Record<string, unknown>;
    return { name, in: 'query', required: required.has(name), ...(description ? { description } : {}), schema: rest };
  });
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function headerParameters(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, description]) => {
    return { name, in: 'header', required: false, description, schema: { type: 'string' } };
  });
}

function operation(path: string, endpoint: Endpoint) {
  const problems = endpoint.token ? [401, ...endpoint.problems] : endpoint.problems;
  const answer = { 'application/json': { schema: reference(endpoint.response) } };
  const problem = { 'application/problem+json': { schema: reference(problemSchema) } };
  const all = [
    ...pathParameters(path),
    ...(endpoint.parameters ? parameters(endpoint.parameters) : []),
    ...headerParameters(endpoint.headers ?? {}),
  ];
  const body = endpoint.body && { 'application/json': { schema: reference(endpoint.body) } };
  return {
    operationId: endpoint.id ?? path.split('/').at(-1),
    summary: endpoint.summary,
    security: endpoint.token ? [{ token: [] }] : [],
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      [endpoint.status ?? 200]: { description: 'OK', content: answer },
      ...(endpoint.also ? { [endpoint.also.status]: { description: endpoint.also.description, content: answer } } : {}),
      ...Object.fromEntries(problems.map((status) => [status, { description: 'RFC 9457 problem', content: problem }])),
    },
  };
}

/** The REST API as OpenAPI 3.1, made from the schemas the routes themselves check with. */
export function openApiDocument() {
  const all = { ...jsonSchemas('output'), ...inputSchemas() };
  const schemas = Object.entries(all).map(([id, schema]) => [id, withoutDialect(schema)] as const);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(path, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'LogMaster', version: SOFTWARE.split(' ').at(-1) ?? '', license: { name: 'Apache-2.0' } },
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An API token of LogMaster' } },
    },
  };
}
