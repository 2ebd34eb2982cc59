import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { afterAll, beforeAll } from 'vitest';
import { accessCases } from './router-cases/access.ts';
import { deviceCases } from './router-cases/devices.ts';
import { openApiCases } from './router-cases/openapi.ts';
import { parserCases } from './router-cases/parsers.ts';
import { restCases } from './router-cases/rest.ts';
import { searchCases } from './router-cases/search.ts';
import { RouterRig } from './testing/router-rig.ts';

/** One database for all cases. They build on each other in this order; the last ones stop the database for a while. */
let server: TestPostgres;
let rig: RouterRig;
beforeAll(async () => {
  server = await startPostgres();
  rig = await RouterRig.start(server);
});
afterAll(async () => {
  await rig.close();
  await server.remove();
});

const started = () => rig;
accessCases(started);
searchCases(started);
deviceCases(started);
parserCases(started);
openApiCases(started);
restCases(started);
