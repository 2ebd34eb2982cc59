import { z } from 'zod';
import { slugSchema } from '../names.ts';
import { PARSER_LIMITS } from './limits.ts';
import { isTarget } from './targets.ts';

/** A parser that an administrator writes. The one schema of API, CLI, database and processor: docs/custom-parsers.md. */

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/, 'NUL can not be stored');
const pattern = text(PARSER_LIMITS.patternLength);
const captureName = text(64)
  .regex(/^\P{Cc}+$/u, 'no control characters')
  .refine((name) => name !== '__proto__', 'is not usable as a name');
const value = z
  .string()
  .max(1024)
  .regex(/^[^\0]*$/, 'NUL can not be stored');
const target = z.string().max(100).refine(isTarget, 'neither a field that a parser may set nor labels.NAME');

function bounded<K extends z.ZodType<string>, V extends z.ZodType>(key: K, of: V, most: number) {
  return z.record(key, of).refine((record) => Object.keys(record).length <= most, `more than ${most} entries`);
}

const assignmentSchema = z.strictObject({
  to: target,
  lower: z.boolean().optional(),
  table: bounded(z.string().max(256), value, PARSER_LIMITS.fields).optional().describe('Value → value, after `lower`'),
  otherwise: value
    .nullable()
    .optional()
    .describe('For values that the table lacks; null: nothing. Left out: the value'),
  constant: value.optional().describe('Whatever was captured: this'),
  unit: z.enum(['seconds', 'milliseconds', 'microseconds', 'nanoseconds']).optional().describe('Of event.duration'),
});
export type ParserAssignment = z.infer<typeof assignmentSchema>;

const oneTarget = z.union([target, assignmentSchema]);

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // RangeError is how Intl says that it has no such zone.
    return false;
  }
}

const ruleSchema = z
  .strictObject({
    contains: text(256).optional(),
    appname: text(48).optional().describe('Of the syslog header'),
    regex: text(1024).optional(),
  })
  .refine((rule) => Object.keys(rule).length > 0, 'name contains, appname or regex')
  .describe('All that is named must hold');

const common = {
  name: slugSchema,
  description: value.optional(),
  applies_to: z
    .strictObject({
      devices: z.array(text(64)).max(1000).default([]).describe('Ids'),
      sites: z.array(slugSchema).max(1000).default([]).describe('Ids'),
      rule: ruleSchema.optional(),
    })
    .refine(
      ({ devices, sites, rule }) => devices.length + sites.length > 0 || rule !== undefined,
      'name devices, sites or a rule',
    ),
  built_in: z
    .enum(['replace', 'before', 'after'])
    .default('replace')
    .describe('What the built-in parser of the record does: nothing, its fields first, or its fields last'),
  rest: captureName
    .optional()
    .describe('With `after`: the capture that the built-in parser reads instead of the record'),
  reads: z
    .enum(['auto', 'message', 'record'])
    .default('auto')
    .describe('The text behind the syslog header, all behind <PRI>, or the first of both that fits'),
  fields: bounded(captureName, z.union([oneTarget, z.array(oneTarget).min(1).max(8)]), PARSER_LIMITS.fields)
    .default({})
    .describe('Captured name → where it goes'),
  unmapped: z.enum(['labels', 'drop']).default('labels').describe('Captures that `fields` does not name'),
  constants: bounded(target, value, 64).default({}).describe('Field → value of every record'),
  time: z
    .strictObject({
      field: z.union([captureName, z.array(captureName).min(1).max(3)]).describe('Several are joined by a blank'),
      formats: z.array(text(64)).min(1).max(8),
      zone: z.string().max(64).refine(isZone, 'no IANA time zone').optional(),
    })
    .optional(),
};

const grokSchema = z.strictObject({
  kind: z.literal('grok'),
  ...common,
  patterns: z.array(pattern).min(1).max(PARSER_LIMITS.patterns).describe('The first that matches is used'),
  pattern_definitions: bounded(
    z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
    pattern,
    PARSER_LIMITS.patternDefinitions,
  ).default({}),
});

const keyValueSchema = z.strictObject({
  kind: z.literal('key_value'),
  ...common,
  pair_separator: text(8).default(' '),
  key_value_separator: text(8).default('='),
  quote: z.string().length(1).nullable().default('"'),
  begins_after: text(256).optional().describe('Pairs begin behind this text; records without it are not matched'),
  prefix: z
    .string()
    .max(32)
    .regex(/^[\p{L}\p{N}_@-]*$/u)
    .default('')
    .describe('Begins the names of labels'),
});

export const parserDefinitionSchema = z
  .discriminatedUnion('kind', [grokSchema, keyValueSchema])
  .refine((definition) => definition.rest === undefined || definition.built_in === 'after', {
    path: ['rest'],
    error: 'only with built_in: after',
  })
  .meta({ id: 'ParserDefinition', description: 'A custom parser' });

export type ParserDefinition = z.output<typeof parserDefinitionSchema>;
export type GrokDefinition = Extract<ParserDefinition, { kind: 'grok' }>;
export type KeyValueDefinition = Extract<ParserDefinition, { kind: 'key_value' }>;
