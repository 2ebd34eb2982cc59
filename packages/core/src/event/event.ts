import { z } from 'zod';
import { microsToRfc3339, rfc3339ToMicros } from '../time.ts';
import { EVENT_FIELDS, FIELD_NAMES, type FieldName, type FieldType, isFieldName } from './fields.ts';

type Value<T extends FieldType> = T extends 'date' | 'long' ? number : string;

/**
 * A parsed record as it moves inside the product: flat, dotted ECS names, dates as µs, labels as a map of text.
 * Parsers make it, the processor completes it, `SearchStore` writes and returns it.
 */
export type FlatEvent = {
  -readonly [N in FieldName]?: Value<(typeof EVENT_FIELDS)[N]['type']>;
} & { labels?: Record<string, string> };

const TYPE_SCHEMAS: Record<FieldType, z.ZodType> = {
  date: z.iso.datetime({ offset: true, precision: 6 }),
  ip: z.union([z.ipv4(), z.ipv6()]),
  keyword: z.string(),
  text: z.string(),
  long: z.int(),
};

type Tree = { [key: string]: Tree | z.ZodType };

function buildTree(): Tree {
  const root: Tree = {};
  for (const name of FIELD_NAMES) {
    const path = name.split('.');
    const leaf = path.pop() as string;
    let node = root;
    for (const key of path) {
      node[key] ??= {};
      node = node[key] as Tree;
    }
    node[leaf] = TYPE_SCHEMAS[EVENT_FIELDS[name].type];
  }
  root.labels = z.record(z.string(), z.string());
  return root;
}

function toZod(tree: Tree): z.ZodObject {
  const shape = Object.entries(tree).map(
    ([key, node]) => [key, (node instanceof z.ZodType ? node : toZod(node)).optional()] as const,
  );
  return z.object(Object.fromEntries(shape));
}

/** The event as people and scripts get it: nested ECS JSON, dates in RFC 3339 with µs, UTC. */
export const ecsEventSchema = toZod(buildTree()).meta({ id: 'EcsEvent', description: 'A parsed record in ECS' });
export type EcsEvent = Record<string, unknown>;

/** Flat event → nested ECS JSON. */
export function toEcs(event: FlatEvent): EcsEvent {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined || value === null) continue;
    if (name === 'labels') {
      root.labels = value;
      continue;
    }
    const path = name.split('.');
    const leaf = path.pop() as string;
    let node = root;
    for (const key of path) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[leaf] = isFieldName(name) && EVENT_FIELDS[name].type === 'date' ? microsToRfc3339(value as number) : value;
  }
  return root;
}

/** Nested ECS JSON → flat event; unknown names are left out. Inverse of `toEcs`. */
export function fromEcs(ecs: EcsEvent): FlatEvent {
  const flat: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    let node: unknown = ecs;
    for (const key of name.split('.')) node = (node as Record<string, unknown> | undefined)?.[key];
    if (node === undefined) continue;
    flat[name] = EVENT_FIELDS[name].type === 'date' ? rfc3339ToMicros(node as string) : node;
  }
  if (ecs.labels !== undefined) flat.labels = ecs.labels;
  return flat as FlatEvent;
}
