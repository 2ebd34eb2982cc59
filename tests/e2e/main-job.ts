import { healthSchema, pipelineStateSchema } from '@logmaster/core/api/health';
import { problemSchema } from '@logmaster/core/api/problem';
import { get, search } from '@logmaster/testkit/api';
import { type Browser, openBrowser } from '@logmaster/testkit/browser';
import type { CliResult } from '@logmaster/testkit/cli';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/** An installation on which the main job is done: one machine, or the cluster. */
export interface Installation {
  readonly url: string;
  /** The first admin's one-time password. */
  readonly password: string | undefined;
  /** The local TSA stamps, which must be said wherever a stamp is shown. */
  readonly localTsa: boolean;
  /** The `logmaster` command on this installation. */
  logmaster(args: readonly string[]): Promise<CliResult>;
}

const PATIENCE = { timeout: 120_000, interval: 250 };
const DENIED = 'event.type:denied AND source.ip:10.0.0.0/8';
const PASSWORD = 'correct horse battery staple';

/**
 * The main job as a newcomer meets it, through a browser and the API. Sample traffic runs. The tests stand in the order
 * of a person's first day and share the installation, which `installation` gives once it is up.
 */
export function mainJob(installation: () => Installation): void {
  let browser: Browser;
  let page: Page;
  let token: string;
  const crashes: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser({ trustAnyCertificate: true });
    page = await browser.context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => crashes.push(String(error)));
  });
  afterAll(() => browser?.close());

  async function signIn(password: string): Promise<void> {
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  const counters = async () =>
    pipelineStateSchema.parse(await (await get(installation(), '/api/v1/pipeline', token)).json());

  async function visibleText(): Promise<string> {
    return (await page.locator('main').textContent()) ?? '';
  }

  test('a wrong password gets a clear sentence', async () => {
    await page.goto(installation().url);
    await signIn('not the password');
    await page.getByTestId('sign-in-error').waitFor();
    expect(await page.getByTestId('sign-in-error').textContent()).toBe('User name or password is wrong.');
  });

  test('the one-time password opens only the page that changes it', async () => {
    await signIn(installation().password ?? '');
    await page.getByRole('heading', { name: 'Change password' }).waitFor();
    await page.goto(`${installation().url}/devices`);
    await page.getByRole('heading', { name: 'Change password' }).waitFor();
    await page.getByLabel('Current password').fill(installation().password ?? '');
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByTestId('event-table').waitFor();
  });

  test('the sample firewalls are pending, and one is approved for a new site', async () => {
    await vi.waitFor(async () => {
      await page.goto(`${installation().url}/devices`);
      await page.getByTestId('device-row').first().waitFor({ timeout: 5_000 });
      expect(await page.getByTestId('device-row').count()).toBeGreaterThanOrEqual(4);
    }, PATIENCE);
    const row = page.getByTestId('device-row').filter({ hasText: 'FortiGate' }).first();
    const address = await row.getAttribute('data-address');
    await row.getByTestId('approve').click();
    await page.getByLabel('Name', { exact: true }).fill('Istanbul firewall');
    await page.getByLabel('Name of the new site').fill('İstanbul Genel Müdürlük');
    await page.getByTestId('confirm-approve').click();
    await page.locator(`[data-testid=device-row][data-address="${address}"]`).waitFor({ state: 'detached' });
    await page.goto(`${installation().url}/devices?tab=approved`);
    const approved = page.locator(`[data-testid=device-row][data-address="${address}"]`);
    await approved.waitFor();
    expect(await approved.textContent()).toContain('Istanbul firewall');
    expect(await approved.textContent()).toContain('İstanbul Genel Müdürlük');
  });

  test('a query shows denied connections, and a record opens with its raw line', async () => {
    await page.goto(`${installation().url}/explorer`);
    const box = page.getByTestId('query-box');
    await box.click();
    await page.keyboard.type(DENIED);
    await page.keyboard.press('Escape');
    await page.getByTestId('run-query').click();
    const rows = page.getByTestId('event-table').locator('[data-record-id]');
    await vi.waitFor(async () => {
      expect(page.url()).toContain('q=');
      expect(await rows.count()).toBeGreaterThan(0);
    }, PATIENCE);
    await rows.first().click();
    const drawer = page.getByTestId('drawer');
    await drawer.waitFor();
    expect(await drawer.getByTestId('raw-line').textContent()).not.toBe('');
  });

  test('the record is sealed within its minute, and Verify finds that it holds', async () => {
    const drawer = page.getByTestId('drawer');
    const verify = drawer.getByTestId('verify');
    await verify.waitFor({ timeout: 120_000 });
    // The time-stamp follows the seal; the local one is labelled wherever it is shown.
    if (installation().localTsa) await drawer.getByTestId('not-legal').first().waitFor();
    await verify.click();
    const result = drawer.getByTestId('verify-result');
    const error = drawer.getByTestId('error-note');
    await result.or(error).first().waitFor({ timeout: 120_000 });
    expect(await error.allTextContents()).toEqual([]);
    expect(await result.getAttribute('data-holds')).toBe('true');
  });

  test('the health page shows that the sums hold, for each sender, and finds one', async () => {
    await page.goto(`${installation().url}/health`);
    const table = page.getByTestId('sources-table');
    await table.waitFor();
    const rows = table.getByTestId('source-row');
    await vi.waitFor(async () => expect(await rows.count()).toBeGreaterThanOrEqual(4), PATIENCE);
    for (const part of [page.getByTestId('identity'), rows])
      expect(await part.evaluateAll((all) => all.map((each) => each.getAttribute('data-holds')))).not.toContain(
        'false',
      );
    await page.getByTestId('backlog').waitFor();
    expect(await page.getByTestId('sockets-table').textContent()).toContain('Syslog UDP');
    await page.getByLabel('Address or device').fill('istanbul fire');
    await vi.waitFor(async () => expect(await rows.count()).toBe(1), PATIENCE);
    expect(await rows.first().textContent()).toContain('Istanbul firewall');
    await page.getByLabel('Address or device').fill('');
    await table.getByRole('button', { name: 'Per second' }).click();
    await table.locator('th[aria-sort=descending]', { hasText: 'Per second' }).waitFor();
  });

  test('a query with a syntax error points at the character', async () => {
    await page.goto(`${installation().url}/explorer?${new URLSearchParams({ q: 'event.type:(denied' })}`);
    await page.getByTestId('query-error').waitFor();
    expect(await page.getByTestId('query-error').textContent()).toMatch(/Character \d+:/);
  });

  test('an address that names nothing gets a page of its own', async () => {
    const response = await page.goto(`${installation().url}/no/such/page`);
    expect(response?.status()).toBe(404);
    expect(await visibleText()).toContain('There is no such page');
    expect(await visibleText()).not.toMatch(/\bat \S+ \(|node_modules/);
  });

  test('a session that was ended asks to sign in again, and leads back', async () => {
    await page.goto(`${installation().url}/devices?tab=approved`);
    await page.getByTestId('device-row').first().waitFor();
    const { code, stdout } = await installation().logmaster(['user', 'reset-password', 'admin']);
    expect(code).toBe(0);
    await page.goto(`${installation().url}/devices?tab=approved`);
    await page.getByText('Your session has ended.').waitFor();
    await signIn(stdout.trim());
    await page.getByRole('heading', { name: 'Change password' }).waitFor();
    await page.getByLabel('Current password').fill(stdout.trim());
    await page.getByLabel('New password', { exact: true }).fill(`${PASSWORD} again`);
    await page.getByLabel('New password again').fill(`${PASSWORD} again`);
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByTestId('event-table').waitFor();
    expect(crashes, 'no page threw').toEqual([]);
  });

  test('the API answers with a token, and refuses without one by a problem document', async () => {
    const created = await installation().logmaster(['token', 'create', '--user', 'admin', '--name', 'e2e']);
    expect(created.code).toBe(0);
    token = created.stdout.trim();
    const found = await search(installation(), token, { q: DENIED, size: '5' });
    expect(found.total.value).toBeGreaterThan(0);
    for (const record of found.records) {
      expect(record).toMatchObject({ event: { type: 'denied' }, source: { ip: expect.stringMatching(/^10\./) } });
    }
    const refused = await get(installation(), '/api/v1/search');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(problemSchema.parse(await refused.json())).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('a page cursor leads through all records of a query, each once', async () => {
    // What was written until `to` must be in the index: a record that comes in between is on no page. Counters are as of
    // the last second, and what was just written is on its way.
    const to = new Date(Date.now() - 15_000).toISOString();
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const { journaled } = await counters();
    await expect.poll(async () => (await counters()).indexed, PATIENCE).toBeGreaterThanOrEqual(journaled);
    const ids: string[] = [];
    let after: string | null = null;
    let total: number | undefined;
    do {
      const answer = await search(installation(), token, {
        q: DENIED,
        from,
        to,
        size: '7',
        ...(after ? { after } : {}),
      });
      total ??= answer.total.value;
      ids.push(...answer.records.map((record) => (record.logmaster as { record: { id: string } }).record.id));
      after = answer.after;
    } while (after !== null);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(total);
  });

  test('API errors say where and what, OpenAPI and health are served', async () => {
    const wrong = await get(
      installation(),
      `/api/v1/search?${new URLSearchParams({ q: 'event.type:(denied' })}`,
      token,
    );
    expect(wrong.status).toBe(400);
    const problem = problemSchema.parse(await wrong.json());
    expect(problem).toMatchObject({ code: 'QUERY_SYNTAX', data: { from: expect.any(Number), to: expect.any(Number) } });
    const openapi = (await (await get(installation(), '/api/v1/openapi.json', token)).json()) as Record<string, object>;
    expect(openapi.openapi).toMatch(/^3\./);
    expect(Object.keys(openapi.paths ?? {})).toEqual(expect.arrayContaining(['/api/v1/search', '/api/v1/health']));
    // A backlog of other tests' making has to go first.
    const unwell = async () =>
      healthSchema
        .parse(await (await get(installation(), '/api/v1/health', token)).json())
        .parts.filter(({ state }) => state !== 'ok');
    await expect.poll(unwell, PATIENCE).toEqual([]);
    const numbers = await counters();
    const dropped = Object.values(numbers.dropped).reduce((sum, count) => sum + count, 0);
    expect(numbers.seen).toBe(numbers.journaled + dropped);
    expect(numbers.journaled).toBe(numbers.indexed + numbers.quarantined + numbers.pending);
    expect(numbers.identities).toMatchObject({ broken: [], breaks: 0 });
    expect(numbers.sources.reduce((sum, { seen }) => sum + seen, 0)).toBe(numbers.seen);
    expect(numbers.sockets.reduce((sum, { seen }) => sum + seen, 0)).toBe(numbers.seen);
    const { code, stdout } = await installation().logmaster(['health', '--json']);
    expect(code).toBe(0);
    expect(healthSchema.parse(JSON.parse(stdout)).state).toBe('ok');
  });
}
