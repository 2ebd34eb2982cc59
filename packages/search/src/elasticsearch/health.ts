import type { Client, estypes } from '@elastic/elasticsearch';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf, type HealthReason, type ReasonParams } from '@logmaster/core/api/health-reasons';
import { toAppError } from '@logmaster/core/errors';
import type { Gate } from './gate.ts';

/** Health is asked for often and must not wait long for a node that hangs. */
const TIMEOUT_MS = 5_000;

function stateOf({ status }: estypes.ClusterHealthResponse, readOnly: boolean): Omit<PartHealth, 'name'> {
  if (status === 'red') return { state: 'down', ...becauseOf('INDEX_INCOMPLETE') };
  if (readOnly) return { state: 'degraded', ...becauseOf('INDEX_READ_ONLY') };
  return status === 'yellow' ? { state: 'degraded', ...becauseOf('INDEX_NO_COPY') } : { state: 'ok' };
}

/** State of our indices: away or red is down, missing replicas or no room to write is degraded. */
export async function clusterHealth(
  name: string,
  { client, gate, pattern }: { client: Client; gate: Gate; pattern: string },
): Promise<PartHealth> {
  const options = { requestTimeout: TIMEOUT_MS };
  try {
    return await gate.through(async () => {
      const [cluster, blocked] = await Promise.all([
        client.cluster.health({ index: pattern }, options),
        client.indices.getSettings({ index: pattern, filter_path: '*.settings.index.blocks' }, options),
      ]);
      return { name, ...stateOf(cluster, Object.keys(blocked).length > 0) };
    });
  } catch (thrown) {
    const { code, message, data } = toAppError(thrown);
    const { reason, params } = (data ?? {}) as { reason?: HealthReason; params?: ReasonParams };
    return { name, state: 'down', ...(reason ? becauseOf(reason, params) : { code, reason: message }) };
  }
}
