import type { Dependencies } from '../../dependencies.ts';
import { readSignerFingerprint } from './read-trust.ts';

/** Whose signature and whose time-stamps this installation's evidence carries. */
export async function describeSigners(deps: Pick<Dependencies, 'layout' | 'tsa'>) {
  const { local, name } = deps.tsa;
  return { fingerprint: await readSignerFingerprint(deps), tsa: { local, name } };
}
