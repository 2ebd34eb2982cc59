import type { Dependencies } from './dependencies.ts';

/** Next builds pages, routes and the proxy into separate bundles, each with its own modules: this is what they share. */
const KEY = Symbol.for('logmaster.web.dependencies');
const shared = globalThis as { [KEY]?: Dependencies };

/** Called once, by instrumentation.ts, before the first request. */
export function setDependencies(dependencies: Dependencies): void {
  shared[KEY] = dependencies;
}

/** What this process was composed of. */
export function getDependencies(): Dependencies {
  const dependencies = shared[KEY];
  if (dependencies) return dependencies;
  throw new Error('the server was asked before it was composed');
}
