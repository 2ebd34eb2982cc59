import { z } from 'zod';
import { slugSchema } from '../names.ts';

/**
 * Who is behind an address, told by systems that know it: front desk, SMS gateway, captive portal, DHCP or RADIUS server.
 * Edge contract of `POST /api/v1/identity-events`, and what stands in the record of each event.
 */

const text = z.string().trim().min(1).max(255);
const instant = z.iso.datetime({ offset: true }).describe('RFC 3339 with offset');

export const identityEventSchema = z
  .strictObject({
    kind: z
      .enum(['login', 'logout', 'lease', 'release'])
      .describe('login and lease begin a period, logout and release end it'),
    at: instant.describe('When it happened, by the clock of the system that tells'),
    until: instant.optional().describe('When the period ends by itself'),
    address: z.union([z.ipv4(), z.ipv6()]).describe('The address in the network, before any translation'),
    mac: z.string().max(17).optional().describe('With colons, hyphens or dots'),
    host: text.optional(),
    user: text.optional().describe('Account, voucher or room'),
    full_name: text.optional(),
    phone: text.optional().describe('Number to which a password was sent'),
    identity_no: text.optional().describe('National identity or passport number'),
    identity_type: text.optional().describe('What the number is: national_id, passport, …'),
    method: text.optional().describe('How the person was identified: sms, front_desk, portal, …'),
    session: text.optional().describe('Links login and logout'),
    reason: text.optional(),
    system: text.optional().describe('Which of your systems tells'),
    site: slugSchema
      .optional()
      .describe('Id of the site that has the address; a token that is bound to a site says it itself'),
  })
  .refine((event) => event.user !== undefined || event.kind === 'lease' || event.kind === 'release', {
    error: 'login and logout need a user',
    path: ['user'],
  })
  .meta({ id: 'IdentityEvent' });
export type IdentityEvent = z.infer<typeof identityEventSchema>;

/** Events of one request; the window of acknowledgements towards ingest is as long. */
export const MAX_IDENTITY_EVENTS = 500;

export const identityEventsSchema = z
  .strictObject({ events: z.array(identityEventSchema).min(1).max(MAX_IDENTITY_EVENTS) })
  .meta({ id: 'IdentityEvents' });

export const identityEventsAnswerSchema = z
  .object({
    /** Records that are durable now: the events of the request, each one. */
    accepted: z.int(),
    /** The same request was accepted before, and nothing was recorded again. */
    repeated: z.boolean(),
  })
  .meta({ id: 'IdentityEventsAnswer' });
export type IdentityEventsAnswer = z.infer<typeof identityEventsAnswerSchema>;

/** How an event stands in a record: this word, then the event as JSON (docs/formats/identity-events.md). */
export const IDENTITY_RECORD = 'LogMaster-Identity/1 ';
