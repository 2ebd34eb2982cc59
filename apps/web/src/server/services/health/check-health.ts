import type { Health } from '@logmaster/core/api/health';
import type { Dependencies } from '../../dependencies.ts';
import { worstState } from './worst-state.ts';

/** Web's own parts, then those of ingest. Never throws; holds no secrets and no addresses. */
export async function checkHealth({ health }: Pick<Dependencies, 'health'>): Promise<Health> {
  const parts = [{ name: 'web', state: 'ok' as const }, ...(await health.look())];
  return { state: worstState(parts), parts };
}
