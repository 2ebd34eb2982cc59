import type { Client, estypes } from '@elastic/elasticsearch';
import type { PartHealth } from '@logmaster/core/api/health';
import { toAppError } from '@logmaster/core/errors';
import type { Gate } from './gate.ts';

/** Health is asked for often and must not wait long for a node that hangs. */
const TIMEOUT_MS = 5_000;

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function shardHealth(
  name: string,
  { status, unassigned_shards: unassigned }: estypes.ClusterHealthResponse,
): PartHealth {
  if (status === 'red') {
    const reason = `a part of the index is not available: ${plural(unassigned, 'shard has', 'shards have')} no node; searches fail until it is back`;
    return { name, state: 'down', reason };
  }
  if (status === 'yellow') {
    const reason = `${plural(unassigned, 'replica of a shard has', 'replicas of shards have')} no node: the loss of another one would lose a part of the index`;
    return { name, state: 'degraded', reason };
  }
  return { name, state: 'ok' };
}

/** State of our indices: away or red is down, missing replicas or no room to write is degraded. */
export async function clusterHealth(
  name: string,
  { client, gate, pattern }: { client: Client; gate: Gate; pattern: string },
): Promise<PartHealth> {
  const options = { requestTimeout: TIMEOUT_MS };
  try {
    return await gate.through(async () => {
      const health = shardHealth(name, await client.cluster.health({ index: pattern }, options));
      if (health.state !== 'ok') return health;
      const filter_path = '*.settings.index.blocks';
      const blocked = Object.keys(await client.indices.getSettings({ index: pattern, filter_path }, options))[0];
      if (blocked === undefined) return health;
      const reason = `the index ${blocked} can only be read; is the disk of its node full?`;
      return { name, state: 'degraded', reason };
    });
  } catch (thrown) {
    return { name, state: 'down', reason: toAppError(thrown).message };
  }
}
