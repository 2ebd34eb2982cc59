import { z } from 'zod';

/** What is kept free on the disks of ingest. Defaults follow the size of each file system. */
export const diskEnvironment = z.object({
  /** Below this much room something is given up; the further below, the more. Default: 5 % of the file system, 512 MiB to 16 GiB. */
  LOGMASTER_DISK_LOW_MB: z.coerce.number().int().min(1).optional(),
  /** A file that is given up first, so that what must go on has room. 0 for none. */
  LOGMASTER_DISK_RESERVE_MB: z.coerce.number().int().min(0).default(64),
});
