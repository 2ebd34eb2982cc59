import { z } from 'zod';

/** `GET /api/v1/devices`. */
export const restDevicesParamsSchema = z.object({
  status: z.enum(['pending', 'approved', 'rejected']).optional(),
  q: z.string().max(200).optional().describe('Part of the name, address, host name, vendor or site'),
});

export const restDevicesSchema = z
  .object({
    devices: z.array(
      z.object({
        id: z.string(),
        address: z.string(),
        name: z.string(),
        status: z.enum(['pending', 'approved', 'rejected']),
        site: z.object({ id: z.string(), name: z.string() }).nullable(),
        vendor: z.string().nullable(),
        product: z.string().nullable(),
        hostname: z.string().nullable(),
        time_zone: z.string().nullable().describe('IANA zone of its stamps that carry none; null: its site’s'),
        clock_skew_ms: z
          .number()
          .nullable()
          .describe('What its clock is ahead of ours, median of its newest records; null: they carry no time'),
        clock: z
          .enum(['right', 'ahead', 'behind', 'unknown'])
          .describe('ahead or behind by more than 10 s: questions that name its time must allow for it'),
        first_seen: z.iso.datetime(),
        last_seen: z.iso.datetime(),
        records: z.int(),
      }),
    ),
  })
  .meta({ id: 'Devices' });
