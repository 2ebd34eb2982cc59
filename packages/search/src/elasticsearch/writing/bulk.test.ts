import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BulkItem, bulkBody, inBodies } from './bulk-body.ts';
import { readOutcome } from './bulk-outcome.ts';

const anyItems = fc.array(
  fc.record({ index: fc.constant('logmaster-default-2026.11.22'), id: fc.uuid(), document: fc.string() }),
  { maxLength: 30 },
);

test('bodies hold every item once, in order, and stay within their length', () => {
  fc.assert(
    fc.property(anyItems, fc.integer({ min: 1, max: 2000 }), (items, length) => {
      const bodies = [...inBodies(items, length)];
      expect(bodies.flat()).toEqual(items);
      for (const body of bodies) expect(body.length === 1 || bulkBody(body).length <= length).toBe(true);
    }),
  );
});

test('a body is lines of action and document', () => {
  const items: BulkItem[] = [{ index: 'i', id: 'n.0.1.2', document: '{"message":"a\\nb"}' }];
  expect(bulkBody(items)).toBe('{"index":{"_index":"i","_id":"n.0.1.2"}}\n{"message":"a\\nb"}\n');
});

test.each([
  [429, 'es_rejected_execution_exception', 'busy'],
  [429, 'cluster_block_exception', 'away'],
  [403, 'cluster_block_exception', 'away'],
  [503, 'unavailable_shards_exception', 'away'],
  [404, 'index_not_found_exception', 'away'],
  // too many shards in the cluster: nothing about the record
  [400, 'validation_exception', 'away'],
  [400, 'illegal_argument_exception', 'away'],
  [400, 'document_parsing_exception', 'refused'],
  [400, 'mapper_parsing_exception', 'refused'],
] as const)('%i %s is %s', (status, type, kind) => {
  const error = { type, reason: 'because' };
  const items = [{ index: { _id: 'a', status: 201 } }, { index: { _id: 'b', status, error } }];
  expect(readOutcome({ errors: true, items })).toEqual({
    busy: [],
    away: [],
    refused: [],
    [kind]: [{ id: 'b', type, reason: 'because' }],
  });
});
