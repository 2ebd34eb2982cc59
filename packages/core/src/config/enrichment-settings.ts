import { z } from 'zod';
import { listOf } from './variable-types.ts';

/** What records are enriched with beside what the database knows. */
export const enrichmentEnvironment = z.object({
  /** MaxMind DB files, comma-separated: countries, cities, networks (ASN). Taken again when they change. */
  LOGMASTER_GEOIP_FILES: listOf(z.string()).optional(),
});
