import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { databaseSettings } from './database-settings.ts';
import { elasticsearchSettings } from './elasticsearch-settings.ts';
import { readEnvironment } from './environment.ts';
import {
  databaseEnvironment,
  elasticsearchEnvironment,
  ldapEnvironment,
  mailEnvironment,
  redisEnvironment,
} from './fragments.ts';
import { ldapSettings } from './ldap-settings.ts';
import { mailSettings } from './mail-settings.ts';
import { redisSettings } from './redis-settings.ts';

type Source = Readonly<Record<string, string>>;
const redis = (source: Source) => redisSettings(readEnvironment(redisEnvironment, source));
const elasticsearch = (source: Source) => elasticsearchSettings(readEnvironment(elasticsearchEnvironment, source));
const ldap = (source: Source) => ldapSettings(readEnvironment(ldapEnvironment, source));
const mail = (source: Source) => mailSettings(readEnvironment(mailEnvironment, source));
const database = (source: Source) => databaseSettings(readEnvironment(databaseEnvironment, source));

const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
let ca = '';
beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logmaster-ca-'));
  ca = path.join(folder, 'ca.pem');
  writeFileSync(ca, PEM);
  return () => rmSync(folder, { recursive: true });
});

test('what is not configured gives nothing', () => {
  expect([redis({}), elasticsearch({}), ldap({}), mail({})]).toEqual(Array(4).fill(undefined));
  expect(database({ DATABASE_URL: 'postgresql://a/x' })).toEqual({
    url: 'postgresql://a/x',
    replicaUrls: [],
    maxLagSeconds: 10,
  });
});

describe('redis', () => {
  test('one server by URL', () => {
    expect(redis({ REDIS_URL: 'rediss://u:p%40ss@[::1]/2', REDIS_CA_FILE: ca })).toEqual({
      target: { kind: 'server', host: '::1', port: 6379 },
      username: 'u',
      password: 'p@ss',
      database: 2,
      tls: true,
      ca: PEM,
      prefix: 'logmaster:',
    });
  });

  test('Sentinels by host and port', () => {
    expect(
      redis({ REDIS_SENTINELS: 'a:1, b,[::1]:3', REDIS_PASSWORD: 'x', REDIS_SENTINEL_PASSWORD: 'y' }),
    ).toMatchObject({
      target: {
        kind: 'sentinels',
        sentinels: [
          { host: 'a', port: 1 },
          { host: 'b', port: 26_379 },
          { host: '::1', port: 3 },
        ],
        master: 'logmaster',
        password: 'y',
      },
      password: 'x',
      tls: false,
    });
    expect(redis({ REDIS_SENTINELS: 'rediss://a:1,rediss://b:2' })).toMatchObject({ tls: true });
  });
});

test('elasticsearch, ldap and mail', () => {
  expect(elasticsearch({ ELASTICSEARCH_URLS: 'https://a:9200,https://b:9200', ELASTICSEARCH_API_KEY: 'k' })).toEqual({
    urls: ['https://a:9200/', 'https://b:9200/'],
    auth: { apiKey: 'k' },
    caFile: undefined,
    prefix: 'logmaster',
    replicas: 1,
  });
  expect(
    ldap({
      LDAP_URL: 'ldap://dc.example.org',
      LDAP_STARTTLS: 'true',
      LDAP_BASE_DN: 'dc=example,dc=org',
      LDAP_BIND_DN: 'cn=reader',
      LDAP_BIND_PASSWORD: 'x',
    }),
  ).toEqual({
    url: 'ldap://dc.example.org',
    startTls: true,
    ca: undefined,
    bind: { dn: 'cn=reader', password: 'x' },
    baseDn: 'dc=example,dc=org',
  });
  expect(mail({ SMTP_URL: 'smtp://me%40x@mail.example.org', SMTP_PASSWORD: 'x', SMTP_FROM: 'LM <a@b>' })).toEqual({
    host: 'mail.example.org',
    port: 587,
    implicitTls: false,
    startTls: 'required',
    auth: { user: 'me@x', pass: 'x' },
    ca: undefined,
    from: 'LM <a@b>',
  });
});

const SECRET = 'hunter2';
const base = { LDAP_BASE_DN: 'dc=x' };
const from = { SMTP_FROM: 'a@b' };
test.each<[string, (source: Source) => unknown, Source, RegExp]>([
  ['two ways to Redis', redis, { REDIS_URL: 'redis://a', REDIS_SENTINELS: 'b' }, /keep REDIS_SENTINELS/],
  ['two Redis passwords', redis, { REDIS_URL: `redis://:${SECRET}@a`, REDIS_PASSWORD: 'x' }, /keep one of them/],
  ['a Redis password alone', redis, { REDIS_PASSWORD: SECRET }, /say where Redis is/],
  ['a Redis CA without TLS', redis, { REDIS_URL: 'redis://a', REDIS_CA_FILE: 'x' }, /rediss:\/\//],
  [
    'a Redis CA that is none',
    redis,
    { REDIS_URL: 'rediss://a', REDIS_CA_FILE: path.join(import.meta.dirname, 'ports.ts') },
    /no certificate/,
  ],
  ['a path that is no database', redis, { REDIS_URL: 'redis://a/cache' }, /number of a database/],
  ['a user without password', redis, { REDIS_URL: 'redis://u@a' }, /without a password/],
  ['mixed Sentinels', redis, { REDIS_SENTINELS: 'a:1,rediss://b:2' }, /before each of them/],
  ['a password of Sentinels', redis, { REDIS_SENTINELS: `redis://:${SECRET}@a:1` }, /REDIS_SENTINEL_PASSWORD/],
  ['no Sentinel', redis, { REDIS_SENTINELS: 'a:1:2' }, /write host:port/],
  ['an escape that is none', redis, { REDIS_URL: `redis://:${SECRET}%@a` }, /write a URL/],
  ['one replica twice', database, { DATABASE_URL: 'postgresql://a', DATABASE_REPLICA_URLS: 'postgresql://a' }, /twice/],
  ['a key and a user', elasticsearch, { ELASTICSEARCH_API_KEY: SECRET, ELASTICSEARCH_USERNAME: 'x' }, /keep one way/],
  ['half a sign-in', elasticsearch, { ELASTICSEARCH_USERNAME: 'x' }, /needed together/],
  ['nowhere', elasticsearch, { ELASTICSEARCH_API_KEY: SECRET }, /without ELASTICSEARCH_URLS/],
  ['a password inside', elasticsearch, { ELASTICSEARCH_URLS: `https://u:${SECRET}@a` }, /holds a password/],
  ['mixed URLs', elasticsearch, { ELASTICSEARCH_URLS: 'https://a,http://b' }, /mixes/],
  [
    'a key in the clear',
    elasticsearch,
    { ELASTICSEARCH_URLS: 'http://a', ELASTICSEARCH_API_KEY: SECRET },
    /unencrypted; use https/,
  ],
  ['a CA for http', elasticsearch, { ELASTICSEARCH_URLS: 'http://a', ELASTICSEARCH_CA_FILE: 'x' }, /are not https/],
  ['no base', ldap, { LDAP_URL: 'ldap://a' }, /needs LDAP_BASE_DN/],
  ['a name without password', ldap, { ...base, LDAP_URL: 'ldaps://a', LDAP_BIND_DN: 'x' }, /LDAP_BIND_PASSWORD_FILE/],
  ['StartTLS twice', ldap, { ...base, LDAP_URL: 'ldaps://a', LDAP_STARTTLS: 'true' }, /leave it out/],
  [
    'a bind in the clear',
    ldap,
    { ...base, LDAP_URL: 'ldap://a', LDAP_BIND_DN: 'x', LDAP_BIND_PASSWORD: SECRET },
    /unencrypted; use ldaps/,
  ],
  ['an LDAP CA without TLS', ldap, { ...base, LDAP_URL: 'ldap://a', LDAP_CA_FILE: 'x' }, /not encrypted/],
  ['a base without directory', ldap, base, /without LDAP_URL/],
  ['no sender', mail, { SMTP_URL: 'smtp://a' }, /needs SMTP_FROM/],
  ['a wrong sender', mail, { SMTP_URL: 'smtp://a', SMTP_FROM: 'nobody' }, /SMTP_FROM: write/],
  ['a user without mail password', mail, { ...from, SMTP_URL: 'smtp://u@a' }, /SMTP_PASSWORD_FILE/],
  ['a mail password without user', mail, { ...from, SMTP_URL: 'smtp://a', SMTP_PASSWORD: SECRET }, /user name/],
  ['two mail passwords', mail, { ...from, SMTP_URL: `smtp://u:${SECRET}@a`, SMTP_PASSWORD: 'x' }, /keep one/],
  [
    'a mail password that may go in the clear',
    mail,
    { ...from, SMTP_URL: `smtp://u:${SECRET}@a`, SMTP_STARTTLS: 'offered' },
    /unencrypted; leave it/,
  ],
  ['a sender without server', mail, from, /without SMTP_URL/],
])('%s is refused with a sentence and without the secret', (_, read, source, message) => {
  expect(() => read(source)).toThrow(message);
  expect(() => read(source)).toThrow(/not valid/);
  expect(() => read(source)).not.toThrow(new RegExp(SECRET));
});
