/**
 * Import rules among our own packages (docs/architecture.md § Import rules).
 * `allow(pkg, ...)` forbids every own package that is not named.
 */
const PACKAGES = ['core', 'telemetry', 'db', 'cache', 'parsers', 'pipeline', 'search', 'signing', 'sample', 'testkit'];

function only(name, allowed) {
  const forbidden = PACKAGES.filter((p) => p !== name && !allowed.includes(p));
  return {
    name: `${name}-imports-only-${allowed.join('-') || 'nothing'}`,
    severity: 'error',
    from: { path: `^packages/${name}/src`, pathNot: '\\.(int\\.)?test\\.ts$' },
    to: { path: `^(packages/(${forbidden.join('|')})|apps)/` },
  };
}

module.exports = {
  forbidden: [
    only('core', []),
    only('telemetry', ['core']),
    only('parsers', ['core']),
    only('signing', ['core']),
    only('db', ['core', 'telemetry']),
    only('cache', ['core', 'telemetry']),
    only('search', ['core', 'telemetry']),
    only('pipeline', ['core', 'telemetry', 'parsers', 'signing', 'search', 'db']),
    only('sample', ['core']),
    only('testkit', PACKAGES),
    {
      name: 'apps-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'only-tests-import-testkit',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '(\\.(int\\.)?test\\.tsx?$|^packages/testkit/)' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'only-db-imports-prisma',
      severity: 'error',
      from: { pathNot: '^packages/db/' },
      to: { path: 'node_modules/(@prisma|prisma)/|^packages/db/src/generated/' },
    },
    {
      name: 'only-cache-imports-redis',
      severity: 'error',
      from: { pathNot: '^packages/cache/' },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'only-search-imports-engines',
      severity: 'error',
      from: { pathNot: '^packages/search/' },
      to: { path: 'node_modules/(@duckdb|@elastic)/' },
    },
    {
      name: 'web-client-never-imports-server',
      severity: 'error',
      from: { path: '^apps/web/src/(features|components)/' },
      to: { path: '^(apps/web/src/server|packages/(db|cache|pipeline|signing))/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routers-call-services',
      severity: 'error',
      from: { path: '^apps/web/src/server/routers/' },
      to: { path: '^packages/(db|cache|search|pipeline|signing)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(next-env|\\.next|/generated/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'apps/web/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
