import { z } from 'zod';

/**
 * What is given up on a disk that fills, in this order; each step holds those before it. Nothing that is stored as
 * evidence or on its way to it is among them.
 */
export const DISK_STEPS = ['none', 'reserve', 'caches', 'index', 'senders', 'datagrams'] as const;
export type DiskStep = (typeof DISK_STEPS)[number];

/** What lies on a file system. `data` is the data folder itself: exports, caches, logs. */
export const DISK_CONTENTS = ['data', 'journal', 'segments', 'index', 'archive'] as const;
export type DiskContent = (typeof DISK_CONTENTS)[number];

const bytes = z.int().nonnegative();

/** `disk` of the pipeline's state. */
export const diskStateSchema = z.object({
  /** The farthest step of all file systems. */
  step: z.enum(DISK_STEPS),
  file_systems: z.array(
    z.object({
      holds: z.array(z.enum(DISK_CONTENTS)),
      /** Nothing can be given up on one that holds the archive alone: it is only watched. */
      step: z.enum(DISK_STEPS),
      size_bytes: bytes,
      free_bytes: bytes,
      /** Giving up begins when less than this is free, the reserve counted as free. */
      low_bytes: bytes,
      /** Held by the reserve file. */
      reserve_bytes: bytes,
    }),
  ),
  /** Records that are out of the index until there is room; undefined where no index is kept on these disks. */
  shed: z
    .object({
      records: z.int().nonnegative(),
      /** UTC days of their receipt, oldest first. */
      days: z.array(z.string()),
      /** Records are being brought back at this moment. */
      restoring: z.boolean(),
      /** Why bringing back does not work. */
      error: z.string().optional(),
    })
    .optional(),
  /** Bytes a second that senders over connections may send, all together; undefined while they are not slowed. */
  senders_bytes_per_second: z.number().nonnegative().optional(),
});
export type DiskState = z.infer<typeof diskStateSchema>;
export type IndexShedState = NonNullable<DiskState['shed']>;
