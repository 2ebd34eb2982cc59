import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './paths.mjs';

/**
 * Test files that take more than half a minute, longest first. Begun last, one of them would run alone at the end,
 * and their size, which vitest goes by on a fresh clone, does not tell.
 */
export const LONG_FILES: readonly string[] = [
  'packages/pipeline/src/processor/crash.int.test.ts',
  'packages/search/src/elasticsearch/elasticsearch.int.test.ts',
  'packages/search/src/elasticsearch/faults.int.test.ts',
  'packages/signing/src/verify/verify.int.test.ts',
  'packages/search/src/duckdb/duckdb.int.test.ts',
  'packages/testkit/src/services/elasticsearch/elasticsearch.int.test.ts',
  'packages/pipeline/src/processor/outages.int.test.ts',
  'packages/pipeline/src/processor/elasticsearch.int.test.ts',
  'packages/testkit/src/services/monitoring/prometheus.int.test.ts',
  'packages/testkit/src/services/pgpool/pgpool.int.test.ts',
  'apps/ingest/src/ingest.int.test.ts',
  'packages/search/src/elasticsearch/server-check.int.test.ts',
  'tests/e2e/cluster.e2e.test.ts',
  'tests/e2e/faults.e2e.test.ts',
  'tests/e2e/main-job.e2e.test.ts',
  'tests/e2e/kill.e2e.test.ts',
  'tests/e2e/start.e2e.test.ts',
];

/** The long files, then the others as vitest sorts them: by their last time, else by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONG_FILES.indexOf(path.relative(ROOT, moduleId));
      return place === -1 ? LONG_FILES.length : place;
    };
    return rest.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
