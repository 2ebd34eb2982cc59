import { problemSchema } from '@logmaster/core/api/problem';
import { SOFTWARE } from '@logmaster/core/version';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { PARSER_DEFINITION_ID } from './parser-endpoints.ts';

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
  const problems = endpoint.scope === null ? endpoint.problems : [401, 403, ...endpoint.problems];
  const answer = endpoint.response && { 'application/json': { schema: reference(endpoint.response) } };
  const content = answer ? { content: answer } : {};
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
    // Of a bearer token these are the roles that it needs (OpenAPI 3.1, Security Requirement Object).
    security: endpoint.scope === null ? [] : [{ token: [endpoint.scope] }],
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      [endpoint.status ?? 200]: { description: 'OK', ...content },
      ...(endpoint.also ? { [endpoint.also.status]: { description: endpoint.also.description, ...content } } : {}),
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
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token of LogMaster; it does what its scopes allow',
        },
      },
    },
  };
}
