import type { PrismaClient } from './generated/client.ts';

/** A Prisma client. Call sites name it `primary` or `replica`, so that it shows which reads may lag. */
export type Client = Pick<
  PrismaClient,
  | '$queryRaw'
  | '$executeRaw'
  | 'user'
  | 'session'
  | 'apiToken'
  | 'asset'
  | 'signInThrottle'
  | 'site'
  | 'device'
  | 'identityRequest'
  | 'deviceBinding'
  | 'deviceCoverage'
  | 'deviceParsing'
  | 'mappingVersion'
  | 'customParser'
  | 'customParserVersion'
>;

/** The writing side: it can also open a transaction. */
export type PrimaryClient = Client & Pick<PrismaClient, '$transaction'>;
